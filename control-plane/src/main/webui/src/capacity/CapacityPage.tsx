import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import { useCapacity } from '../api/queries';
import { useFormats } from '../i18n/format';
import { Loaded } from '../shared/Loaded';
import { NothingYet } from '../shared/NothingYet';
import { PageFrame } from '../shared/PageFrame';
import { CardsSkeleton } from '../shared/Skeletons';
import { FleetCard } from './FleetCard';

/** Elastic machines: how many are wanted, how many are there, and why. */
export function CapacityPage() {
  const { t } = useTranslation();
  const capacity = useCapacity();
  return (
    <PageFrame title={t('capacity.title')} lead={t('capacity.lead')} freshness={capacity}>
      <Loaded
        query={capacity}
        loading={<CardsSkeleton what={t('capacity.title')} />}
        isEmpty={(data) => data.fleets.length === 0 && data.pools.length === 0}
        empty={
          <NothingYet title={t('capacity.emptyTitle')} detail={t('capacity.emptyDetail')} command="./spillway up" />
        }
      >
        {(data) => (
          <div className="sw-stack">
            {data.fleets.map((fleet) => (
              <FleetCard key={fleet.name} fleet={fleet} />
            ))}
            <PoolLoads loads={data.pools} />
          </div>
        )}
      </Loaded>
    </PageFrame>
  );
}

function PoolLoads({ loads }: { loads: Schemas['PoolLoad'][] }) {
  const { t } = useTranslation();
  return (
    <Card>
      <CardTitle component="h2">{t('capacity.load')}</CardTitle>
      <CardBody>
        {loads.length === 0 ? (
          <p className="sw-quiet">{t('capacity.loadEmpty')}</p>
        ) : (
          <Table role="table" aria-label={t('capacity.load')} variant="compact">
            <Thead>
              <Tr>
                <Th>{t('endpoints.pool')}</Th>
                <Th>{t('capacity.router')}</Th>
                <Th className="sw-number">{t('environments.ready')}</Th>
                <Th className="sw-number">{t('environments.running')}</Th>
                <Th className="sw-number">{t('environments.queued')}</Th>
                <Th className="sw-number">{t('environments.wanted')}</Th>
                <Th className="sw-number">{t('environments.predicted')}</Th>
                <Th className="sw-number">{t('capacity.when')}</Th>
              </Tr>
            </Thead>
            <Tbody>
              {loads.map((load) => (
                <PoolLoadRow key={`${load.router} ${load.pool.environment} ${load.pool.modelVersion}`} load={load} />
              ))}
            </Tbody>
          </Table>
        )}
      </CardBody>
    </Card>
  );
}

function PoolLoadRow({ load }: { load: Schemas['PoolLoad'] }) {
  const { t } = useTranslation();
  const format = useFormats();
  return (
    <Tr>
      <Td dataLabel={t('endpoints.pool')}>
        {load.pool.environment}/{load.pool.modelVersion}
      </Td>
      <Td dataLabel={t('capacity.router')}>{load.router}</Td>
      <Td dataLabel={t('environments.ready')} className="sw-number">
        {format.integer(load.readyEndpoints)}
      </Td>
      <Td dataLabel={t('environments.running')} className="sw-number">
        {format.integer(load.running)}
      </Td>
      <Td dataLabel={t('environments.queued')} className="sw-number">
        {format.integer(load.queued)}
      </Td>
      <Td dataLabel={t('environments.wanted')} className="sw-number">
        {format.integer(load.wantedSpill)}
      </Td>
      <Td dataLabel={t('environments.predicted')} className="sw-number">
        {load.predictedTtftMillis === null ? t('app.unknown') : format.millis(load.predictedTtftMillis)}
      </Td>
      <Td dataLabel={t('capacity.when')} className="sw-number">
        <time dateTime={load.at}>{format.time(load.at)}</time>
      </Td>
    </Tr>
  );
}
