import {
  Card,
  CardBody,
  CardHeader,
  CardTitle,
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
} from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import type { Topology } from '../api/queries';
import { ClearanceLabel, ZoneLabel } from '../shared/labels';
import { PoolPanel } from './PoolPanel';

type Props = { environment: Schemas['Environment']; topology: Topology; readAt: number };

export function EnvironmentCard({ environment, topology, readAt }: Props) {
  const { t } = useTranslation();
  const pools = topology.pools.filter((pool) => pool.environment === environment.name);
  return (
    <Card className={`sw-environment sw-environment--${environment.zone}`} component="article">
      <CardHeader>
        <div className="sw-environment__head">
          <CardTitle component="h2">{environment.name}</CardTitle>
          <div className="sw-labels">
            <ZoneLabel zone={environment.zone} />
            <ClearanceLabel dataClass={environment.clearance} />
          </div>
        </div>
      </CardHeader>
      <CardBody>
        <DescriptionList isCompact columnModifier={{ default: '2Col' }} className="sw-facts">
          <Fact term={t('environments.provider')}>
            {[environment.provider, environment.region].filter((part) => part !== '').join(' · ')}
          </Fact>
          <Fact term={t('environments.ranges')}>
            {environment.addressRanges.length === 0 ? (
              t('environments.anyAddress')
            ) : (
              <code>{environment.addressRanges.join(' ')}</code>
            )}
          </Fact>
          <Fact term={t('environments.dataLocations')}>
            {environment.dataLocations.join(', ') || t('app.unknown')}
          </Fact>
          <Fact term={t('environments.operator')}>
            {environment.operatorJurisdictions.join(', ') || t('app.unknown')}
          </Fact>
        </DescriptionList>
        {pools.length === 0 && <p className="sw-quiet">{t('environments.noPools')}</p>}
        {pools.map((pool) => (
          <PoolPanel key={pool.modelVersion} pool={pool} topology={topology} readAt={readAt} />
        ))}
      </CardBody>
    </Card>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <DescriptionListGroup>
      <DescriptionListTerm>{term}</DescriptionListTerm>
      <DescriptionListDescription>{children}</DescriptionListDescription>
    </DescriptionListGroup>
  );
}
