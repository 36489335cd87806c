import type { Schemas } from '../api/client';

export type Spend = Schemas['EnvironmentSpend'];

/** Share of attempts that went to public environments; null before the first attempt. */
export function spillShare(entries: Spend[]): { spilled: number; total: number; share: number } | null {
  const total = entries.reduce((sum, entry) => sum + entry.attempts, 0);
  if (total === 0) return null;
  const spilled = entries.filter((entry) => entry.zone === 'public').reduce((sum, entry) => sum + entry.attempts, 0);
  return { spilled, total, share: spilled / total };
}

/** Sums per currency: amounts in different currencies are never added. */
export function totals(amounts: Schemas['Money'][]): Schemas['Money'][] {
  const byCurrency = new Map<string, number>();
  for (const { nanos, currency } of amounts) byCurrency.set(currency, (byCurrency.get(currency) ?? 0) + nanos);
  return [...byCurrency].map(([currency, nanos]) => ({ currency, nanos }));
}
