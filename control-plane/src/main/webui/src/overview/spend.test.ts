import { describe, expect, it } from 'vitest';
import { spillShare, totals, type Spend } from './spend';

function entry(zone: Spend['zone'], attempts: number): Spend {
  const nothing = { nanos: 0, currency: 'USD' };
  return { environment: `e-${zone ?? 'gone'}`, zone, attempts, promptTokens: 0, completionTokens: 0, settled: nothing, open: nothing };
}

describe('spill share', () => {
  it('is the share of attempts that went to public environments', () => {
    expect(spillShare([entry('private', 30), entry('public', 10)])).toEqual({ spilled: 10, total: 40, share: 0.25 });
  });

  it('is unknown before the first attempt', () => {
    expect(spillShare([entry('private', 0)])).toBeNull();
  });
});

describe('totals', () => {
  it('never add different currencies', () => {
    const sums = totals([
      { nanos: 5, currency: 'USD' },
      { nanos: 7, currency: 'EUR' },
      { nanos: 6, currency: 'USD' },
    ]);

    expect(sums).toEqual([
      { currency: 'USD', nanos: 11 },
      { currency: 'EUR', nanos: 7 },
    ]);
  });
});
