import { screen, within } from '@testing-library/react';
import { http } from 'msw';
import { describe, expect, it } from 'vitest';
import { open } from '../testing/render';
import { countCalls, problem, server } from '../testing/server';

describe('endpoints', () => {
  it('shows state in words and offers no switch for one that starts', async () => {
    open('/endpoints');

    const row = (await screen.findByText('burst-2')).closest('tr')!;

    expect(within(row).getByText('starting')).toBeVisible();
    expect(within(row).queryByRole('button')).not.toBeInTheDocument();
  });

  it('drains one and offers to undo it', async () => {
    const drained = countCalls('endpoints/onprem-1/drain');
    const resumed = countCalls('endpoints/onprem-1/resume');
    const { user } = open('/endpoints');

    await user.click(await screen.findByRole('button', { name: 'Drain onprem-1' }));
    expect(await screen.findByText(/onprem-1 is draining/)).toBeVisible();
    expect(drained()).toBe(1);

    await user.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await screen.findByText(/onprem-1 receives requests again/)).toBeVisible();
    expect(resumed()).toBe(1);
  });

  it('says why one could not be drained', async () => {
    server.use(http.post('*/api/v1/endpoints/:id/drain', () => problem(409, 'Conflict', 'It is the last one.')));
    const { user } = open('/endpoints');

    await user.click(await screen.findByRole('button', { name: 'Drain onprem-1' }));

    expect(await screen.findByText(/It is the last one/)).toBeVisible();
  });
});
