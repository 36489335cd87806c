import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { open } from '../testing/render';
import { TOKEN } from '../testing/recorded';
import { cutOff, refuseAll } from '../testing/server';

describe('signing in', () => {
  it('opens the page that the URL named', async () => {
    const { user } = open('/environments', { signedIn: false });

    await user.type(await screen.findByLabelText(/Admin token/), `  ${TOKEN} `);
    await user.click(screen.getByRole('button', { name: 'Sign in' }));

    expect(await screen.findByRole('heading', { name: 'Environments' })).toBeVisible();
    expect(sessionStorage.getItem('spillway.adminToken')).toBe(TOKEN);
  });

  it('says that a wrong token was refused and keeps nothing', async () => {
    const { user } = open('/', { signedIn: false });

    await user.type(await screen.findByLabelText(/Admin token/), 'wrong');
    await user.click(screen.getByRole('button', { name: 'Sign in' }));

    expect(await screen.findByRole('alert')).toHaveTextContent('did not accept this token');
    expect(sessionStorage.getItem('spillway.adminToken')).toBeNull();
  });

  it('says when nothing answers', async () => {
    cutOff();
    const { user } = open('/', { signedIn: false });

    await user.type(await screen.findByLabelText(/Admin token/), TOKEN);
    await user.click(screen.getByRole('button', { name: 'Sign in' }));

    expect(await screen.findByRole('alert')).toHaveTextContent('does not answer');
  });

  it('comes back with the reason when the token stops working', async () => {
    refuseAll(401, 'Unauthorized', 'Send the admin token.');
    open('/sync');

    expect(await screen.findByRole('alert')).toHaveTextContent('no longer accepts the token');
  });

  it('ends on request and forgets the token', async () => {
    const { user } = open('/sync');

    await user.click(await screen.findByRole('button', { name: 'Sign out' }));

    expect(await screen.findByRole('heading', { name: 'Sign in to Spillway' })).toBeVisible();
    expect(sessionStorage.getItem('spillway.adminToken')).toBeNull();
  });
});
