import { describe, expect, it } from 'vitest';
import type { Schemas } from '../api/client';
import { reportOf } from './load';

const NOW = Date.parse('2026-01-01T12:00:00Z');
const POOL = { environment: 'onprem', modelVersion: 'chat-v1' };

function load(router: string, ageSeconds: number, more: Partial<Schemas['PoolLoad']> = {}): Schemas['PoolLoad'] {
  return {
    router,
    at: new Date(NOW - ageSeconds * 1000).toISOString(),
    pool: POOL,
    readyEndpoints: 2,
    running: 3,
    queued: 1,
    wantedSpill: 0,
    predictedTtftMillis: 100,
    ...more,
  };
}

describe('load of a pool', () => {
  it('adds up what routers run and takes the slowest prediction', () => {
    const report = reportOf(POOL, [load('r1', 1), load('r2', 1, { running: 4, predictedTtftMillis: 700 })], NOW);

    expect(report.now).toMatchObject({ running: 7, queued: 2, ready: 2, predictedTtftMillis: 700, routers: 2 });
  });

  it('is unknown, not idle, when the last report is old', () => {
    const old = load('r1', 60);

    expect(reportOf(POOL, [old], NOW)).toEqual({ now: null, lastAt: old.at });
  });

  it('has no prediction when one router has none', () => {
    const report = reportOf(POOL, [load('r1', 1), load('r2', 1, { predictedTtftMillis: null })], NOW);

    expect(report.now?.predictedTtftMillis).toBeNull();
  });

  it('leaves out other pools', () => {
    expect(reportOf({ ...POOL, modelVersion: 'other' }, [load('r1', 1)], NOW).now).toBeNull();
  });
});
