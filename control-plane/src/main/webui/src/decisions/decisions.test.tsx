import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { open } from '../testing/render';
import { answer } from '../testing/server';

async function explainFirst(user: ReturnType<typeof open>['user'], outcome: string) {
  await user.click((await screen.findAllByRole('button', { name: new RegExp(`^Explain the ${outcome} decision`) }))[0]!);
  return screen.findByRole('region', { name: 'Why this decision' });
}

describe('decisions', () => {
  it('explains one in a single click, and the URL names it', async () => {
    const { user, router } = open('/decisions?zone=public');

    const panel = await explainFirst(user, 'served');

    expect(await within(panel).findByText('aws-burst/chat-v1 served it.')).toBeVisible();
    expect(within(panel).getByText('the-rest-may-spill')).toBeVisible();
    expect(within(panel).getByText('egress guard')).toBeVisible();
    expect(within(panel).getByRole('table', { name: 'Attempts and money' })).toHaveTextContent('$0.00');
    expect(within(panel).getByText('First token, predicted')).toBeVisible();
    expect(router.state.location.search).toHaveProperty('id');
  });

  it('shows findings as kinds and places', async () => {
    const { user } = open('/decisions');
    await user.click((await screen.findAllByRole('button', { name: /^Explain/ }))[2]!);

    const findings = await screen.findByRole('table', { name: 'Findings' });

    expect(findings).toHaveTextContent('/messages/0/content');
    expect(screen.getByRole('table', { name: 'What set it' })).toHaveTextContent(/rule:.*confidential.*decisive/);
  });

  it('shows what it was decided on', async () => {
    const { user } = open('/decisions');
    await user.click((await screen.findAllByRole('button', { name: /^Explain/ }))[2]!);

    const facts = await screen.findByRole('region', { name: 'Decided on' });

    expect(facts).toHaveTextContent(/Granted environments.*aws-burst.*Roles.*agent/);
    expect(within(facts).getByRole('table', { name: 'Pools at that moment' })).toHaveTextContent(/onprem\/chat-v1yes211/);
  });

  it('says that nothing was spent when nothing was tried', async () => {
    const { user } = open('/decisions?outcome=denied');

    const panel = await explainFirst(user, 'denied');

    expect(await within(panel).findByText('No attempt was made, so nothing was spent.')).toBeVisible();
    expect(within(panel).getByText('No placement rule matched, so nothing was allowed.')).toBeVisible();
  });

  it('filters by outcome and zone, in the URL', async () => {
    const { user, router } = open('/decisions');
    await screen.findAllByRole('button', { name: /^Explain/ });

    await user.click(within(screen.getByRole('group', { name: 'Show only this outcome' })).getByText('shed'));

    await waitFor(() => expect(screen.getAllByRole('button', { name: /^Explain/ })).toHaveLength(1));
    expect(router.state.location.search).toEqual({ outcome: 'shed' });
  });

  it('says when a filter matches nothing, and clears it', async () => {
    const { user } = open('/decisions?outcome=denied&zone=public');

    await user.click(await screen.findByRole('button', { name: 'Clear the filters' }));

    expect((await screen.findAllByRole('button', { name: /^Explain/ })).length).toBeGreaterThan(20);
  });

  it('closes with Escape and gives the focus back', async () => {
    const { user } = open('/decisions');
    const panel = await explainFirst(user, 'served');
    await within(panel).findByText('Weighing');

    await user.keyboard('{Escape}');

    await waitFor(() => expect(screen.queryByRole('region', { name: 'Why this decision' })).not.toBeInTheDocument());
    expect(screen.getAllByRole('button', { name: /^Explain the served/ })[0]).toHaveFocus();
  });

  it('says so when a linked decision is gone', async () => {
    answer('decisions', { items: [] });
    open('/decisions?id=01GONE');

    expect(await screen.findByText('There is no decisions/01GONE.')).toBeVisible();
  });
});
