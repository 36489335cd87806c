import type { Schemas } from '../api/client';

export const OUTCOMES = ['served', 'shed', 'denied', 'failed', 'cancelled'] as const satisfies readonly Schemas['Outcome'][];
export const ZONES = ['private', 'public'] as const satisfies readonly Schemas['Zone'][];

/** What the decisions page shows; all of it stands in the URL, so a link shows the same. */
export type DecisionsSearch = {
  outcome?: Schemas['Outcome'];
  zone?: Schemas['Zone'];
  before?: string;
  id?: string;
};

/** Keeps what makes sense of a URL that anyone may have typed. */
export function validateDecisionsSearch(search: Record<string, unknown>): DecisionsSearch {
  const valid: DecisionsSearch = {};
  const outcome = OUTCOMES.find((known) => known === search['outcome']);
  const zone = ZONES.find((known) => known === search['zone']);
  if (outcome !== undefined) valid.outcome = outcome;
  if (zone !== undefined) valid.zone = zone;
  // An id of digits alone arrives as a number.
  if (isId(search['before'])) valid.before = String(search['before']);
  if (isId(search['id'])) valid.id = String(search['id']);
  return valid;
}

function isId(value: unknown): value is string | number {
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}
