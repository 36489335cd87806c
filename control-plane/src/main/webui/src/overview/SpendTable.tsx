import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/format';
import { CardBoundary } from '../shared/CardBoundary';
import { ZoneLabel } from '../shared/labels';
import { Loaded } from '../shared/Loaded';
import { TableSkeleton } from '../shared/Skeletons';
import type { Spend } from './spend';

export function SpendTable({ query }: { query: UseQueryResult<Spend[]> }) {
  const { t } = useTranslation();
  return (
    <Card>
      <CardTitle component="h2">{t('overview.spendByEnvironment')}</CardTitle>
      <CardBody>
        <CardBoundary>
          <Loaded
            query={query}
            loading={<TableSkeleton what={t('overview.spend')} rows={3} />}
            isEmpty={(entries) => entries.length === 0}
            empty={<p className="sw-quiet">{t('overview.emptySpend')}</p>}
          >
            {(entries) => (
              <Table role="table" aria-label={t('overview.spendByEnvironment')} variant="compact" borders={false}>
                <Thead>
                  <Tr>
                    <Th>{t('spend.environment')}</Th>
                    <Th className="sw-number">{t('spend.attempts')}</Th>
                    <Th className="sw-number">{t('spend.tokens')}</Th>
                    <Th className="sw-number">{t('spend.settled')}</Th>
                    <Th className="sw-number">{t('spend.open')}</Th>
                  </Tr>
                </Thead>
                <Tbody>
                  {entries.map((entry) => (
                    <SpendRow key={`${entry.environment} ${entry.settled.currency}`} entry={entry} />
                  ))}
                </Tbody>
              </Table>
            )}
          </Loaded>
        </CardBoundary>
      </CardBody>
    </Card>
  );
}

function SpendRow({ entry }: { entry: Spend }) {
  const { t } = useTranslation();
  const format = useFormats();
  return (
    <Tr>
      <Td dataLabel={t('spend.environment')}>
        <span className="sw-served-by">
          {entry.zone !== null && <ZoneLabel zone={entry.zone} />} {entry.environment || t('app.unknown')}
        </span>
      </Td>
      <Td dataLabel={t('spend.attempts')} className="sw-number">
        {format.integer(entry.attempts)}
      </Td>
      <Td dataLabel={t('spend.tokens')} className="sw-number">
        {format.integer(entry.promptTokens)} / {format.integer(entry.completionTokens)}
      </Td>
      <Td dataLabel={t('spend.settled')} className="sw-number">
        <strong>{format.money(entry.settled)}</strong>
      </Td>
      <Td dataLabel={t('spend.open')} className="sw-number">
        {format.money(entry.open)}
      </Td>
    </Tr>
  );
}
