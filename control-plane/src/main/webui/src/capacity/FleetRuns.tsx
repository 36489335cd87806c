import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';
import { useFleetRuns } from '../api/queries';
import { useFormats } from '../i18n/format';
import { Loaded } from '../shared/Loaded';
import { TableSkeleton } from '../shared/Skeletons';

/** What the driver did to one fleet, newest first. */
export function FleetRuns({ fleet }: { fleet: string }) {
  const { t } = useTranslation();
  const format = useFormats();
  const runs = useFleetRuns(fleet);
  return (
    <Loaded
      query={runs}
      loading={<TableSkeleton what={t('capacity.runs')} rows={3} />}
      isEmpty={(items) => items.length === 0}
      empty={<p className="sw-quiet">{t('capacity.noRuns')}</p>}
    >
      {(items) => (
        <Table role="table" aria-label={t('capacity.runs')} variant="compact" borders={false}>
          <Thead>
            <Tr>
              <Th>{t('capacity.when')}</Th>
              <Th>{t('capacity.action')}</Th>
              <Th className="sw-number">{t('capacity.wanted')}</Th>
              <Th>{t('capacity.result')}</Th>
              <Th className="sw-number">{t('capacity.took')}</Th>
              <Th>{t('capacity.why')}</Th>
            </Tr>
          </Thead>
          <Tbody>
            {items.map((run) => (
              <Tr key={run.id}>
                <Td dataLabel={t('capacity.when')}>{format.instant(run.at)}</Td>
                <Td dataLabel={t('capacity.action')}>{run.action}</Td>
                <Td dataLabel={t('capacity.wanted')} className="sw-number">
                  {format.integer(run.desired)}
                </Td>
                <Td dataLabel={t('capacity.result')}>{t(`runOutcome.${run.outcome}`)}</Td>
                <Td dataLabel={t('capacity.took')} className="sw-number">
                  {format.millis(run.millis)}
                </Td>
                <Td dataLabel={t('capacity.why')}>
                  {run.reason}
                  {run.detail !== '' && <div className="sw-quiet sw-small">{run.detail}</div>}
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      )}
    </Loaded>
  );
}
