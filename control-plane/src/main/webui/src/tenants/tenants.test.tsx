import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { open } from '../testing/render';

describe('tenants', () => {
  it('shows where requests may go and which findings may be masked', async () => {
    open('/tenants');

    const [, acme, bank] = within(await screen.findByRole('table', { name: 'Tenants' })).getAllByRole('row');

    expect(acme).toHaveTextContent(/^acmeinternalaws-burstDEUSemailphone\$250\.00$/);
    expect(bank).toHaveTextContent(/trust-bank.*private places only.*nothing.*no limit/);
  });
});
