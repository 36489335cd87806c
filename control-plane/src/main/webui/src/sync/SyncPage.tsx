import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import { useSync } from '../api/queries';
import { Figure } from '../environments/PoolPanel';
import { useFormats } from '../i18n/format';
import { UpLabel } from '../shared/labels';
import { Loaded } from '../shared/Loaded';
import { NothingYet } from '../shared/NothingYet';
import { PageFrame } from '../shared/PageFrame';
import { TableSkeleton } from '../shared/Skeletons';

/** How far each replica follows the registry. */
export function SyncPage() {
  const { t } = useTranslation();
  const sync = useSync();
  return (
    <PageFrame title={t('sync.title')} lead={t('sync.lead')} freshness={sync}>
      <Loaded query={sync} loading={<TableSkeleton what={t('sync.title')} />}>
        {(data) => (
          <div className="sw-stack">
            <Origin sync={data} />
            {data.replicas.length === 0 ? (
              <NothingYet
                title={t('sync.emptyTitle')}
                detail={t('sync.emptyDetail')}
                command="tail .spillway/logs/router.log"
              />
            ) : (
              <Replicas replicas={data.replicas} />
            )}
          </div>
        )}
      </Loaded>
    </PageFrame>
  );
}

function Origin({ sync }: { sync: Schemas['Sync'] }) {
  const { t } = useTranslation();
  const format = useFormats();
  return (
    <Card>
      <CardBody>
        <dl className="sw-figures sw-figures--large">
          <Figure term={t('sync.origin')} value={sync.origin} />
          <Figure term={t('sync.seq')} value={format.integer(sync.seq)} />
          <Figure term={t('sync.epoch')} value={format.integer(sync.epoch)} help={t('sync.epochHelp')} />
        </dl>
      </CardBody>
    </Card>
  );
}

function Replicas({ replicas }: { replicas: Schemas['Replica'][] }) {
  const { t } = useTranslation();
  const format = useFormats();
  return (
    <Card>
      <CardTitle component="h2">{t('sync.replicas')}</CardTitle>
      <CardBody>
        <Table role="table" aria-label={t('sync.replicas')} variant="compact">
          <Thead>
            <Tr>
              <Th>{t('sync.name')}</Th>
              <Th>{t('sync.environment')}</Th>
              <Th>{t('sync.link')}</Th>
              <Th className="sw-number">{t('sync.applied')}</Th>
              <Th className="sw-number">{t('sync.lag')}</Th>
              <Th className="sw-number">{t('sync.lastSeen')}</Th>
            </Tr>
          </Thead>
          <Tbody>
            {replicas.map((replica) => (
              <Tr key={replica.name}>
                <Td dataLabel={t('sync.name')}>
                  <strong>{replica.name}</strong>
                </Td>
                <Td dataLabel={t('sync.environment')}>{replica.environment}</Td>
                <Td dataLabel={t('sync.link')}>
                  <UpLabel up={replica.connected} yes={t('sync.connected')} no={t('sync.disconnected')} />
                </Td>
                <Td dataLabel={t('sync.applied')} className="sw-number">
                  {format.integer(replica.appliedSeq)}
                </Td>
                <Td dataLabel={t('sync.lag')} className="sw-number">
                  {replica.lag === 0 ? t('sync.lagNone') : t('sync.lag', { count: replica.lag })}
                </Td>
                <Td dataLabel={t('sync.lastSeen')} className="sw-number">
                  {replica.lastSeen === null ? t('sync.never') : format.time(replica.lastSeen)}
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      </CardBody>
    </Card>
  );
}
