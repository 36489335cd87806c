import { Card, CardBody, Skeleton } from '@patternfly/react-core';
import CheckCircleIcon from '@patternfly/react-icons/dist/esm/icons/check-circle-icon';
import ExclamationTriangleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-triangle-icon';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import { ApiProblem } from '../api/problem';
import type { Topology } from '../api/queries';
import { useFormats } from '../i18n/format';
import { spillShare, totals, type Spend } from './spend';

type Reading = { value: string; detail: string; good?: boolean; share?: number };
type TileProps<T> = { title: string; query: UseQueryResult<T>; children: (data: T) => Reading };

/** One number that answers one question. */
function Tile<T>({ title, query, children }: TileProps<T>) {
  const { t } = useTranslation();
  let content: ReactNode;
  if (query.data !== undefined) content = <TileReading {...children(query.data)} />;
  else if (query.error !== null) {
    content = (
      <p role="alert">
        <ExclamationTriangleIcon className="sw-bad" />{' '}
        {query.error instanceof ApiProblem && query.error.unreachable ? t('state.unreachable') : query.error.message}
      </p>
    );
  } else {
    content = (
      <div role="status" aria-label={t('state.loading', { what: title })}>
        <Skeleton height="2.25rem" width="60%" />
        <Skeleton height="1rem" />
      </div>
    );
  }
  return (
    <Card className="sw-tile">
      <CardBody>
        <h2 className="sw-tile__title">{title}</h2>
        {content}
      </CardBody>
    </Card>
  );
}

function TileReading({ value, detail, good, share }: Reading) {
  return (
    <>
      <p className="sw-tile__value">{value}</p>
      {share !== undefined && (
        <span className="sw-share" aria-hidden="true">
          <span style={{ width: `${share * 100}%` }} />
        </span>
      )}
      <p className="sw-tile__detail">
        {good === true && <CheckCircleIcon className="sw-good" />}
        {good === false && <ExclamationTriangleIcon className="sw-bad" />} {detail}
      </p>
    </>
  );
}

export function RouterTile({ query }: { query: UseQueryResult<Schemas['Sync']> }) {
  const { t } = useTranslation();
  return (
    <Tile title={t('overview.routerLink')} query={query}>
      {({ replicas }) => {
        const connected = replicas.filter((replica) => replica.connected).length;
        const lag = Math.max(0, ...replicas.map((replica) => replica.lag));
        if (replicas.length === 0) return { value: '0', detail: t('overview.noRouter'), good: false };
        return {
          value: t('overview.readyOf', { ready: connected, total: replicas.length }),
          good: connected === replicas.length,
          detail:
            connected < replicas.length
              ? t('overview.disconnected')
              : lag === 0
                ? t('overview.upToDate')
                : t('overview.behind', { count: lag }),
        };
      }}
    </Tile>
  );
}

export function EndpointsTile({ query }: { query: UseQueryResult<Topology> }) {
  const { t } = useTranslation();
  return (
    <Tile title={t('overview.endpointsReady')} query={query}>
      {({ endpoints, environments }) => {
        const ready = endpoints.filter((endpoint) => endpoint.state === 'ready').length;
        return {
          value: t('overview.readyOf', { ready, total: endpoints.length }),
          detail: t('overview.inEnvironments', { count: environments.length }),
          good: ready > 0,
        };
      }}
    </Tile>
  );
}

export function SpillTile({ query }: { query: UseQueryResult<Spend[]> }) {
  const { t } = useTranslation();
  const format = useFormats();
  return (
    <Tile title={t('overview.spillShare')} query={query}>
      {(entries) => {
        const spill = spillShare(entries);
        if (spill === null) return { value: '–', detail: t('overview.noAttempts') };
        return {
          value: format.percent(spill.share),
          share: spill.share,
          detail: t('overview.spillDetail', {
            spilled: format.integer(spill.spilled),
            total: format.integer(spill.total),
          }),
        };
      }}
    </Tile>
  );
}

export function SpendTile({ query }: { query: UseQueryResult<Spend[]> }) {
  const { t } = useTranslation();
  const format = useFormats();
  const sum = (amounts: Schemas['Money'][]) => totals(amounts).map(format.money).join(' + ');
  return (
    <Tile title={t('overview.spend')} query={query}>
      {(entries) =>
        entries.length === 0
          ? { value: '–', detail: t('overview.spendFree') }
          : {
              value: sum(entries.map((entry) => entry.settled)),
              detail: t('overview.spendDetail', { open: sum(entries.map((entry) => entry.open)) }),
            }
      }
    </Tile>
  );
}
