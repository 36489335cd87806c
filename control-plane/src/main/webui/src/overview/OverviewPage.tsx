import { Card, CardBody, CardHeader, CardTitle } from '@patternfly/react-core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useDecisions, useSpend, useStatus, useSync, useTopology } from '../api/queries';
import { DecisionTable } from '../decisions/DecisionTable';
import { CardBoundary } from '../shared/CardBoundary';
import { Loaded } from '../shared/Loaded';
import { NothingYet } from '../shared/NothingYet';
import { PageFrame } from '../shared/PageFrame';
import { TableSkeleton } from '../shared/Skeletons';
import { HealthCard } from './HealthCard';
import { SpendTable } from './SpendTable';
import { EndpointsTile, RouterTile, SpendTile, SpillTile } from './tiles';

const LATEST = 8;

/** Is everything connected, where do requests go, what does it cost? Each card loads and fails by itself. */
export function OverviewPage() {
  const { t } = useTranslation();
  const status = useStatus();
  const sync = useSync();
  const topology = useTopology();
  const spend = useSpend();
  return (
    <PageFrame title={t('overview.title')} lead={t('overview.lead')} freshness={status}>
      <div className="sw-stack">
        <div className="sw-tiles">
          <RouterTile query={sync} />
          <EndpointsTile query={topology} />
          <SpillTile query={spend} />
          <SpendTile query={spend} />
        </div>
        <div className="sw-columns sw-columns--wide-first">
          <SpendTable query={spend} />
          <HealthCard query={status} />
        </div>
        <LatestDecisions />
      </div>
    </PageFrame>
  );
}

function LatestDecisions() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const decisions = useDecisions({}, LATEST);
  return (
    <Card>
      <CardHeader actions={{ actions: <Link to="/decisions">{t('overview.allDecisions')}</Link>, hasNoOffset: true }}>
        <CardTitle component="h2">{t('overview.latest')}</CardTitle>
      </CardHeader>
      <CardBody>
        <CardBoundary>
          <Loaded
            query={decisions}
            loading={<TableSkeleton what={t('decisions.title')} rows={LATEST} />}
            isEmpty={(items) => items.length === 0}
            empty={
              <NothingYet
                title={t('decisions.emptyTitle')}
                detail={t('decisions.emptyDetail')}
                command="./spillway replay"
              />
            }
          >
            {(items) => (
              <DecisionTable items={items} onOpen={(id) => void navigate({ to: '/decisions', search: { id } })} />
            )}
          </Loaded>
        </CardBoundary>
      </CardBody>
    </Card>
  );
}
