import { Alert, Card, CardBody, CardHeader, CardTitle, ExpandableSection, Progress, Title } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import { useFormats } from '../i18n/format';
import { EndpointStateLabel } from '../shared/labels';
import { FleetRuns } from './FleetRuns';

/** One fleet: wanted against there, and the reason of the last change. */
export function FleetCard({ fleet }: { fleet: Schemas['FleetStatus'] }) {
  const { t } = useTranslation();
  const [showRuns, setShowRuns] = useState(false);
  return (
    <Card component="article">
      <CardHeader>
        <div className="sw-environment__head">
          <CardTitle component="h2">{fleet.name}</CardTitle>
          <span className="sw-quiet">
            {t('capacity.feeds', { pool: `${fleet.pool.environment}/${fleet.pool.modelVersion}` })} ·{' '}
            {t('capacity.driver', { driver: fleet.driver })}
          </span>
        </div>
      </CardHeader>
      <CardBody>
        {!fleet.usable && (
          <Alert variant="warning" isInline title={t('capacity.unusable')}>
            {fleet.hint}
          </Alert>
        )}
        <div className="sw-fleet">
          <Wanted fleet={fleet} />
          <LastAction action={fleet.lastAction} />
        </div>
        <Title headingLevel="h3" size="md">
          {t('capacity.machines')}
        </Title>
        <Machines fleet={fleet} />
        <ExpandableSection
          toggleText={t('capacity.runs')}
          isExpanded={showRuns}
          onToggle={(_event, open) => setShowRuns(open)}
        >
          {showRuns && <FleetRuns fleet={fleet.name} />}
        </ExpandableSection>
      </CardBody>
    </Card>
  );
}

function Wanted({ fleet }: { fleet: Schemas['FleetStatus'] }) {
  const { t } = useTranslation();
  const { desired, machines, minimum, maximum } = fleet;
  const running = machines.filter((machine) => machine.state === 'ready').length;
  return (
    <div>
      <Progress
        title={t('capacity.desired')}
        value={running}
        max={Math.max(desired, running, 1)}
        label={t('capacity.machinesOf', { running, desired })}
        valueText={t('capacity.machinesOf', { running, desired })}
      />
      <p className="sw-quiet sw-small">{t('capacity.bounds', { minimum, maximum })}</p>
    </div>
  );
}

function LastAction({ action }: { action: Schemas['FleetStatus']['lastAction'] }) {
  const { t } = useTranslation();
  const format = useFormats();
  return (
    <div>
      <Title headingLevel="h3" size="md">
        {t('capacity.lastAction')}
      </Title>
      {action === null ? (
        <p className="sw-quiet">{t('capacity.noAction')}</p>
      ) : (
        <>
          <p>{action.reason}</p>
          <p className="sw-quiet sw-small">
            {t('capacity.setTo', { desired: action.desired, time: format.instant(action.at) })}
          </p>
        </>
      )}
    </div>
  );
}

function Machines({ fleet }: { fleet: Schemas['FleetStatus'] }) {
  const { t } = useTranslation();
  if (fleet.machines.length === 0) return <p className="sw-quiet">{t('capacity.noMachines')}</p>;
  return (
    <Table role="table" aria-label={t('capacity.machines')} variant="compact" borders={false}>
      <Thead>
        <Tr>
          <Th>{t('capacity.machine')}</Th>
          <Th>{t('capacity.machineState')}</Th>
          <Th>{t('capacity.address')}</Th>
        </Tr>
      </Thead>
      <Tbody>
        {fleet.machines.map((machine) => (
          <Tr key={machine.id}>
            <Td dataLabel={t('capacity.machine')}>{machine.id}</Td>
            <Td dataLabel={t('capacity.machineState')}>
              <EndpointStateLabel state={machine.state} />
            </Td>
            <Td dataLabel={t('capacity.address')}>
              <code>{machine.url}</code>
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
