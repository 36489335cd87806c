import type { Schemas } from '../api/client';

/** Reports older than this say nothing about now; unknown is never shown as zero. */
const FRESH_MILLIS = 15_000;

export type PoolNow = {
  ready: number;
  running: number;
  queued: number;
  wanted: number;
  /** The worst prediction of all routers; null when any has none. */
  predictedTtftMillis: number | null;
  routers: number;
};

export type PoolReport = { now: PoolNow | null; lastAt: string | null };

export function samePool(a: { environment: string; modelVersion: string }, b: { environment: string; modelVersion: string }) {
  return a.environment === b.environment && a.modelVersion === b.modelVersion;
}

/** One pool's load over all routers: what each of them runs adds up, the slowest prediction counts. */
export function reportOf(pool: Schemas['PoolKey'], loads: Schemas['PoolLoad'][], nowMillis: number): PoolReport {
  const reports = loads.filter((load) => samePool(load.pool, pool));
  const lastAt = reports.map((load) => load.at).sort().at(-1) ?? null;
  const fresh = reports.filter((load) => nowMillis - Date.parse(load.at) <= FRESH_MILLIS);
  if (fresh.length === 0) return { now: null, lastAt };
  const sum = (of: (load: Schemas['PoolLoad']) => number) => fresh.reduce((total, load) => total + of(load), 0);
  const predictions = fresh.map((load) => load.predictedTtftMillis);
  return {
    lastAt,
    now: {
      ready: Math.max(...fresh.map((load) => load.readyEndpoints)),
      running: sum((load) => load.running),
      queued: sum((load) => load.queued),
      wanted: sum((load) => load.wantedSpill),
      predictedTtftMillis: predictions.some((value) => value === null)
        ? null
        : Math.max(...predictions.map((value) => value ?? 0)),
      routers: fresh.length,
    },
  };
}
