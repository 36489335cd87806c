import { Title } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client';
import type { Topology } from '../api/queries';
import { useFormats, type Formats } from '../i18n/format';
import { EndpointStateLabel } from '../shared/labels';
import { reportOf, samePool, type PoolReport } from './load';

type Props = { pool: Schemas['Pool']; topology: Topology; readAt: number };

/** One pool: its load now and the endpoints behind it. */
export function PoolPanel({ pool, topology, readAt }: Props) {
  const { t } = useTranslation();
  const format = useFormats();
  const endpoints = topology.endpoints.filter((endpoint) => samePool(endpoint, pool));
  const report = reportOf(pool, topology.loads, readAt);
  return (
    <section className="sw-pool" aria-label={`${pool.environment}/${pool.modelVersion}`}>
      <div className="sw-pool__head">
        <Title headingLevel="h3" size="md">
          {pool.modelVersion}
        </Title>
        <span className="sw-quiet">{priceOf(pool, format, t('environments.free'), t)}</span>
      </div>
      <PoolFigures report={report} endpoints={endpoints} />
      {endpoints.length === 0 ? (
        <p className="sw-quiet">{t('environments.noEndpoints')}</p>
      ) : (
        <ul className="sw-endpoints">
          {endpoints.map((endpoint) => (
            <li key={endpoint.id}>
              <EndpointStateLabel state={endpoint.state} />
              <span className="sw-endpoints__id">{endpoint.id}</span>
              <code className="sw-quiet">{endpoint.url}</code>
              <span className="sw-quiet sw-endpoints__dialect">{endpoint.dialect}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function PoolFigures({ report, endpoints }: { report: PoolReport; endpoints: Schemas['Endpoint'][] }) {
  const { t } = useTranslation();
  const format = useFormats();
  const { now, lastAt } = report;
  const ready = endpoints.filter((endpoint) => endpoint.state === 'ready').length;
  return (
    <dl className="sw-figures">
      <Figure term={t('environments.ready')} value={`${now?.ready ?? ready}/${endpoints.length}`} />
      {now === null ? (
        <Figure
          term={t('environments.running')}
          value={t('environments.noReport')}
          {...(lastAt !== null && { help: t('environments.staleReport', { time: format.time(lastAt) }) })}
          muted
        />
      ) : (
        <>
          <Figure term={t('environments.running')} value={format.integer(now.running)} />
          <Figure term={t('environments.queued')} value={format.integer(now.queued)} />
          <Figure
            term={t('environments.predicted')}
            value={now.predictedTtftMillis === null ? t('app.unknown') : format.millis(now.predictedTtftMillis)}
            help={t('environments.predictedHelp')}
            muted={now.predictedTtftMillis === null}
          />
        </>
      )}
    </dl>
  );
}

export function Figure({ term, value, help, muted = false }: { term: string; value: string; help?: string; muted?: boolean }) {
  return (
    <div title={help}>
      <dt>{term}</dt>
      <dd className={muted ? 'sw-figures__muted' : undefined}>{value}</dd>
    </div>
  );
}

type Translate = ReturnType<typeof useTranslation>['t'];

function priceOf(pool: Schemas['Pool'], format: Formats, free: string, t: Translate): string {
  if (pool.inputPrice.nanos === 0 && pool.outputPrice.nanos === 0) return free;
  return t('environments.price', {
    input: format.perMillion(pool.inputPrice),
    output: format.perMillion(pool.outputPrice),
  });
}
