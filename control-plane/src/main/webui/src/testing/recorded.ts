import type { Schemas } from '../api/client';
import capacity from './fixtures/capacity.json';
import decisions from './fixtures/decisions.json';
import endpoints from './fixtures/endpoints.json';
import environments from './fixtures/environments.json';
import policies from './fixtures/policies.json';
import policy from './fixtures/policy.json';
import pools from './fixtures/pools.json';
import proof from './fixtures/proof.json';
import runs from './fixtures/runs.json';
import spend from './fixtures/spend.json';
import status from './fixtures/status.json';
import sync from './fixtures/sync.json';
import tenants from './fixtures/tenants.json';

export type Answer = { status: number; body: unknown };

export const TOKEN = 'spw-admin-recorded';

const FIXED: Record<string, unknown> = {
  session: { tokenId: 'admin-recorded', origin: 'control-1' },
  status,
  sync,
  capacity,
  environments,
  pools,
  endpoints,
  policies,
  'policies/acme': policy,
  'policies/acme/proof': proof,
  tenants,
  'ledger/summary': spend,
  'fleets/burst/runs': runs,
};

/** Answers the console's calls from recorded data, as a control plane under load would. */
export function recorded(method: string, url: URL, nowMillis: number): Answer {
  const path = url.pathname.replace(/^\/api\/v1\//, '');
  const fixed = FIXED[path];
  if (fixed !== undefined) return { status: 200, body: dated(fixed, nowMillis) };
  const turn = /^endpoints\/([^/]+)\/(drain|resume)$/.exec(path);
  const endpoint = endpoints.items.find((known) => known.id === turn?.[1]);
  if (method === 'POST' && turn !== null && endpoint !== undefined) {
    return { status: 200, body: { ...endpoint, state: turn[2] === 'drain' ? 'draining' : 'ready' } };
  }
  const details = dated(decisions, nowMillis) as Schemas['DecisionDetail'][];
  if (path === 'decisions') return { status: 200, body: { items: listed(details, url.searchParams) } };
  const detail = details.find(({ decision }) => path === `decisions/${decision.id}`);
  if (detail !== undefined) return { status: 200, body: detail };
  return {
    status: 404,
    body: { title: 'Not found', status: 404, detail: `There is no ${path}.`, code: 'not_found' },
  };
}

function listed(details: Schemas['DecisionDetail'][], query: URLSearchParams): Schemas['DecisionSummary'][] {
  const before = query.get('before');
  const from = before === null ? 0 : details.findIndex(({ decision }) => decision.id === before) + 1;
  return details
    .slice(from)
    .map(({ decision }) => decision)
    .filter((decision) => query.get('outcome') === null || decision.outcome === query.get('outcome'))
    .filter((decision) => query.get('zone') === null || decision.zone === query.get('zone'))
    .slice(0, Number(query.get('limit') ?? 50));
}

/** Recordings hold times relative to now, such as "@-3s", so that "live" stays live. */
export function dated(value: unknown, nowMillis: number): unknown {
  if (typeof value === 'string') {
    const age = /^@-(\d+)s$/.exec(value);
    return age === null ? value : new Date(nowMillis - Number(age[1]) * 1000).toISOString();
  }
  if (Array.isArray(value)) return value.map((item) => dated(item, nowMillis));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, dated(member, nowMillis)]));
  }
  return value;
}
