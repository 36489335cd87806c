import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import openapi from '../../openapi.json';
import { recorded } from './recorded';

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);
for (const format of ['int32', 'int64', 'double']) ajv.addFormat(format, true);
ajv.addSchema(openapi, 'openapi');

type Operation = { responses: Record<string, { content?: Record<string, unknown> }> };

const calls = [
  ['environments', 'environments'],
  ['pools', 'pools'],
  ['endpoints', 'endpoints'],
  ['capacity', 'capacity'],
  ['fleets/burst/runs', 'fleets/{name}/runs'],
  ['ledger/summary', 'ledger/summary'],
  ['sync', 'sync'],
  ['status', 'status'],
  ['session', 'session'],
  ['policies', 'policies'],
  ['policies/acme', 'policies/{name}'],
  ['policies/acme/proof', 'policies/{name}/proof'],
  ['tenants', 'tenants'],
  ['decisions', 'decisions'],
] as const;

function faultsOf(path: string, template: string): unknown {
  const { status, body } = recorded('GET', new URL(`http://localhost/api/v1/${path}`), Date.now());
  expect(status).toBe(200);
  const paths = openapi.paths as unknown as Record<string, { get?: Operation }>;
  expect(paths[`/api/v1/${template}`]?.get?.responses['200']?.content).toHaveProperty('application/json');
  const pointer = `/paths/${`/api/v1/${template}`.replaceAll('/', '~1')}/get/responses/200/content/application~1json/schema`;
  const validate = ajv.compile({ $ref: `openapi#${encodeURI(pointer)}` });
  return validate(body) ? [] : validate.errors;
}

describe('recorded answers', () => {
  it.each(calls)('of %s are what the API describes', (path, template) => {
    expect(faultsOf(path, template)).toEqual([]);
  });

  it('explain every decision they list', () => {
    const { body } = recorded('GET', new URL('http://localhost/api/v1/decisions'), Date.now());
    const { items } = body as { items: { id: string }[] };

    expect(items.length).toBeGreaterThan(20);
    for (const { id } of items) expect(faultsOf(`decisions/${id}`, 'decisions/{id}')).toEqual([]);
  });
});
