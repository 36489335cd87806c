import { screen } from '@testing-library/react';
import { http } from 'msw';
import { describe, expect, it } from 'vitest';
import { open } from '../testing/render';
import { answer, cutOff, problem, refuseAll, server } from '../testing/server';

const PAGES = ['/environments', '/endpoints', '/decisions', '/capacity', '/policies', '/tenants', '/sync'];

function nothingRegistered() {
  for (const list of ['environments', 'pools', 'endpoints', 'decisions', 'policies', 'tenants', 'ledger/summary']) {
    answer(list, { items: [] });
  }
  answer('capacity', { pools: [], fleets: [] });
  answer('sync', { origin: 'control-1', epoch: 1, seq: 0, replicas: [] });
}

describe.each(PAGES)('page %s', (page) => {
  it('shows a skeleton while it loads', async () => {
    server.use(http.all('*/api/v1/*', () => new Promise<never>(() => undefined)));
    open(page);

    expect(await screen.findByRole('status', { name: /^Loading ./ })).toBeInTheDocument();
  });

  it('shows the problem with its detail, place and hint, and tries again on request', async () => {
    refuseAll(500, 'The database is away', 'Postgres refused the connection.', [
      { at: 'jdbc.url', message: 'connection refused', hint: 'Start it with ./spillway up.' },
    ]);
    const { user } = open(page);

    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The database is away');
    expect(alert).toHaveTextContent('Postgres refused the connection.');
    expect(alert).toHaveTextContent('jdbc.url connection refused');
    expect(alert).toHaveTextContent('What to do: Start it with ./spillway up.');

    server.resetHandlers();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Live')).toBeVisible();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('says when the control plane does not answer, and that routers go on', async () => {
    cutOff();
    open(page);

    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The control plane does not answer');
    expect(alert).toHaveTextContent('Requests keep being served');
  });

  it('tells the command that fills it when it is empty', async () => {
    nothingRegistered();
    open(page);

    expect(await screen.findByText(/^(\.\/spillway|tail) /)).toBeVisible();
  });
});

describe('decisions for an operator', () => {
  const refuse = () =>
    server.use(http.get('*/api/v1/decisions', () => problem(403, 'Forbidden', 'Use an admin token.')));

  it('says in plain words who sees them, offers nothing that cannot work, and lets one sign in anew', async () => {
    refuse();
    const { user } = open('/decisions');

    expect(await screen.findByRole('heading', { name: 'For the admin token only' })).toBeVisible();
    expect(screen.getByText(/operator token, which runs the installation/)).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Try again' })).not.toBeInTheDocument();
    expect(screen.queryByRole('group', { name: 'Show only this outcome' })).not.toBeInTheDocument();

    await user.click(screen.getByRole('button', { name: 'Sign in with another token' }));
    expect(await screen.findByRole('heading', { name: 'Sign in to Spillway' })).toBeVisible();
  });

  it('leaves the other cards of the overview alone', async () => {
    refuse();
    open('/');

    expect(await screen.findByText('For the admin token only')).toBeVisible();
    expect(await screen.findByText('14.2%')).toBeVisible();
  });
});

describe('overview', () => {
  it('answers its questions from several resources', async () => {
    open('/');

    expect(await screen.findByText('1 of 2')).toBeVisible();
    expect(await screen.findByText('3 of 4')).toBeVisible();
    expect(await screen.findByText('14.2%')).toBeVisible();
    expect(await screen.findByText('a router is disconnected')).toBeVisible();
  });

  it('keeps the other cards when one resource fails', async () => {
    server.use(http.get('*/api/v1/sync', () => new Response(null, { status: 503 })));
    open('/');

    expect(await screen.findByText('14.2%')).toBeVisible();
    expect(await screen.findByText('HTTP 503')).toBeVisible();
  });
});

describe('a page that no longer hears anything', () => {
  it('keeps the last answer and says how old it is', async () => {
    const { user } = open('/sync');
    expect(await screen.findByText('router-1')).toBeVisible();

    cutOff();
    await user.click(screen.getByRole('button', { name: 'Pause updates' }));
    await user.click(screen.getByRole('button', { name: 'Resume updates' }));

    expect(await screen.findByText(/^No news since/)).toBeVisible();
    expect(screen.getByText('router-1')).toBeVisible();
    expect(screen.getByText('Late')).toBeVisible();
  });
});

describe('an address without a page', () => {
  it('says so', async () => {
    open('/nowhere');

    expect(await screen.findByRole('heading', { name: 'There is no such page' })).toBeVisible();
  });
});
