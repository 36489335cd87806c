import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import capacity from '../testing/fixtures/capacity.json';
import { open } from '../testing/render';
import { answer } from '../testing/server';

describe('capacity', () => {
  it('shows wanted against there, and why it was last changed', async () => {
    open('/capacity');

    expect(await screen.findByText('1 of 2 ready')).toBeVisible();
    expect(screen.getByText(/1730 ms in onprem\/chat-v1 is above 1500 ms/)).toBeVisible();
  });

  it('shows the runs of a fleet on request', async () => {
    const { user } = open('/capacity');

    await user.click(await screen.findByRole('button', { name: 'Runs' }));

    expect(await screen.findByText('port 18101 was taken by another process')).toBeVisible();
  });

  it('says what to install when a driver cannot work', async () => {
    const hint = 'Install terraform 1.11 or newer.';
    answer('capacity', { ...capacity, fleets: capacity.fleets.map((fleet) => ({ ...fleet, usable: false, hint })) });
    open('/capacity');

    expect(await screen.findByText(hint)).toBeVisible();
  });
});
