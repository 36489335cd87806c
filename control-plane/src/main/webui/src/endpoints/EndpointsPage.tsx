import { Alert, AlertActionCloseButton, AlertActionLink, AlertGroup, Button } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import { ApiProblem } from '../api/problem';
import { useEndpointSwitch, useTopology, type Topology } from '../api/queries';
import { EndpointStateLabel, ZoneLabel } from '../shared/labels';
import { Loaded } from '../shared/Loaded';
import { NothingYet } from '../shared/NothingYet';
import { PageFrame } from '../shared/PageFrame';
import { TableSkeleton } from '../shared/Skeletons';

type Switch = { id: string; action: 'drain' | 'resume' };
type Note = Switch & { key: number; error: Error | null };

/** All model servers, and the switch that takes one out of service. */
export function EndpointsPage() {
  const { t } = useTranslation();
  const topology = useTopology();
  const endpointSwitch = useEndpointSwitch();
  const [notes, setNotes] = useState<Note[]>([]);
  const forget = (key: number) => setNotes((before) => before.filter((note) => note.key !== key));

  function turn(change: Switch) {
    const note = (error: Error | null) => setNotes((before) => [...before.slice(-2), { ...change, key: Date.now(), error }]);
    endpointSwitch.mutate(change, { onSuccess: () => note(null), onError: note });
  }

  return (
    <PageFrame title={t('endpoints.title')} lead={t('endpoints.lead')} freshness={topology}>
      <AlertGroup isToast isLiveRegion hasAnimations={false}>
        {notes.map((note) => (
          <SwitchNote key={note.key} note={note} onClose={() => forget(note.key)} onUndo={turn} />
        ))}
      </AlertGroup>
      <Loaded
        query={topology}
        loading={<TableSkeleton what={t('endpoints.title')} />}
        isEmpty={(data) => data.endpoints.length === 0}
        empty={
          <NothingYet
            title={t('endpoints.emptyTitle')}
            detail={t('endpoints.emptyDetail')}
            command="./spillway endpoints add --environment onprem --url http://HOST:8000"
          />
        }
      >
        {(data) => <EndpointTable topology={data} onSwitch={turn} busyId={endpointSwitch.isPending ? endpointSwitch.variables.id : null} />}
      </Loaded>
    </PageFrame>
  );
}

type TableProps = { topology: Topology; onSwitch: (change: Switch) => void; busyId: string | null };

function EndpointTable({ topology, onSwitch, busyId }: TableProps) {
  const { t } = useTranslation();
  const zones = new Map(topology.environments.map((environment) => [environment.name, environment.zone]));
  return (
    <>
      <Table role="table" aria-label={t('endpoints.title')} variant="compact">
        <Thead>
          <Tr>
            <Th>{t('endpoints.state')}</Th>
            <Th>{t('endpoints.id')}</Th>
            <Th>{t('environments.zone')}</Th>
            <Th>{t('endpoints.pool')}</Th>
            <Th>{t('endpoints.dialect')}</Th>
            <Th>{t('endpoints.url')}</Th>
            <Th screenReaderText={t('endpoints.actions')} />
          </Tr>
        </Thead>
        <Tbody>
          {topology.endpoints.map((endpoint) => (
            <EndpointRow
              key={endpoint.id}
              endpoint={endpoint}
              zone={zones.get(endpoint.environment)}
              busy={busyId === endpoint.id}
              onSwitch={onSwitch}
            />
          ))}
        </Tbody>
      </Table>
      <p className="sw-quiet sw-footnote">{t('endpoints.drainHelp')}</p>
    </>
  );
}

type RowProps = {
  endpoint: Schemas['Endpoint'];
  zone: Schemas['Zone'] | undefined;
  busy: boolean;
  onSwitch: (change: Switch) => void;
};

function EndpointRow({ endpoint, zone, busy, onSwitch }: RowProps) {
  const { t } = useTranslation();
  const { id, state } = endpoint;
  const action = state === 'draining' ? 'resume' : 'drain';
  return (
    <Tr>
      <Td dataLabel={t('endpoints.state')}>
        <EndpointStateLabel state={state} />
      </Td>
      <Td dataLabel={t('endpoints.id')}>
        <strong>{id}</strong>
      </Td>
      <Td dataLabel={t('environments.zone')}>{zone !== undefined && <ZoneLabel zone={zone} />}</Td>
      <Td dataLabel={t('endpoints.pool')}>
        {endpoint.environment}/{endpoint.modelVersion}
      </Td>
      <Td dataLabel={t('endpoints.dialect')}>{endpoint.dialect}</Td>
      <Td dataLabel={t('endpoints.url')}>
        <code>{endpoint.url}</code>
      </Td>
      <Td isActionCell>
        {(state === 'ready' || state === 'draining') && (
          <Button
            variant="secondary"
            size="sm"
            isLoading={busy}
            isDisabled={busy}
            aria-label={t(`endpoints.${action}Named`, { id })}
            onClick={() => onSwitch({ id, action })}
          >
            {t(`endpoints.${action}`)}
          </Button>
        )}
      </Td>
    </Tr>
  );
}

type NoteProps = { note: Note; onClose: () => void; onUndo: (change: Switch) => void };

function SwitchNote({ note, onClose, onUndo }: NoteProps) {
  const { t } = useTranslation();
  const { id, action, error } = note;
  const close = <AlertActionCloseButton aria-label={t('endpoints.dismiss')} onClose={onClose} />;
  if (error !== null) {
    const reason = error instanceof ApiProblem && error.unreachable ? t('state.unreachable') : error.message;
    return (
      <Alert variant="danger" title={t('endpoints.failed', { id })} actionClose={close}>
        {reason} {error instanceof ApiProblem && error.detail}
      </Alert>
    );
  }
  const drained = action === 'drain';
  return (
    <Alert
      variant="success"
      title={t(drained ? 'endpoints.drained' : 'endpoints.resumed', { id })}
      actionClose={close}
      actionLinks={
        <AlertActionLink
          onClick={() => {
            onClose();
            onUndo({ id, action: drained ? 'resume' : 'drain' });
          }}
        >
          {t('endpoints.undo')}
        </AlertActionLink>
      }
    />
  );
}
