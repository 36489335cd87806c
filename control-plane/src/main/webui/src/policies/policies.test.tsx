import { screen, within } from '@testing-library/react';
import { http } from 'msw';
import { describe, expect, it } from 'vitest';
import { open } from '../testing/render';
import { problem, server } from '../testing/server';
import policy from '../testing/fixtures/policy.json';

describe('policies', () => {
  it('shows the text unchanged, one numbered line each', async () => {
    open('/policies');

    const text = await screen.findByRole('region', { name: 'Text of policy acme' });

    expect(text.textContent).toBe(policy.yaml);
    expect(document.getElementById('line-29')).toBeInTheDocument();
    expect(screen.getByText(policy.digest.slice(0, 12))).toBeVisible();
  });

  it('shows what is proved, by rules alone and with the guard', async () => {
    open('/policies');

    const invariants = await screen.findByRole('table', { name: 'Invariants' });
    const [, own, clearance] = within(invariants).getAllByRole('row');

    expect(own).toHaveTextContent(/^dataClass >= confidential && environment.zone == 'public'provedproved$/);
    expect(clearance).toHaveTextContent(/lower clearanceviolatedproved$/);
  });

  it('shows which class of which tenant can reach which zone', async () => {
    open('/policies');

    const rows = within(await screen.findByRole('table', { name: 'What can be reached' })).getAllByRole('row');

    expect(rows[1]).toHaveTextContent(/^acmeinternalconfidentialrestrictedinternal$/);
    expect(rows[2]).toHaveTextContent(/^trust-bankconfidentialrestrictednothing$/);
  });

  it('hands a counterexample to the command that explains it', async () => {
    const { user } = open('/policies');

    await user.click(await screen.findByRole('button', { name: /^Counterexample to: a class in an environment/ }));

    const example = within(screen.getByRole('region', { name: /^Counterexample to: a class in an environment/ }));
    const features = example.getByRole('region', { name: 'The request' });
    expect(JSON.parse(features.textContent)).toHaveProperty('request.caller.tenant');
    expect(example.getByText('./spillway policy explain policy.yaml --features request.json')).toBeVisible();
  });

  it('keeps the text when there is no proof', async () => {
    server.use(http.get('*/api/v1/policies/acme/proof', () => problem(503, 'No proof', 'The solver failed.')));
    open('/policies');

    expect(await screen.findByText('The solver failed.')).toBeVisible();
    expect(screen.getByRole('region', { name: 'Text of policy acme' })).toBeVisible();
  });
});
