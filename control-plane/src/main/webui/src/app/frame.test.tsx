import { screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { open } from '../testing/render';
import { countCalls } from '../testing/server';

afterEach(() => {
  vi.useRealTimers();
});

describe('the frame', () => {
  it('switches to Chinese and back, and remembers the choice', async () => {
    const { user } = open('/environments');
    expect(await screen.findByRole('heading', { name: 'Environments' })).toBeVisible();

    await user.selectOptions(screen.getByRole('combobox', { name: 'Language' }), '中文');

    expect(screen.getByRole('heading', { name: '环境' })).toBeVisible();
    expect(document.documentElement.lang).toBe('zh-CN');
    expect(document.title).toBe('环境 · Spillway');
    expect(localStorage.getItem('spillway.language')).toBe('zh');

    await user.selectOptions(screen.getByRole('combobox', { name: '语言' }), 'English');
    expect(screen.getByRole('heading', { name: 'Environments' })).toBeVisible();
  });

  it('switches to the dark theme and remembers it', async () => {
    const { user } = open('/sync');

    await user.click(await screen.findByRole('button', { name: 'Use dark theme' }));

    expect(document.documentElement).toHaveClass('pf-v6-theme-dark');
    expect(localStorage.getItem('spillway.theme')).toBe('dark');
    expect(screen.getByRole('button', { name: 'Use light theme' })).toBeVisible();
  });

  it('leads to every page by its links', async () => {
    const { user } = open('/');
    // jsdom lays nothing out, so the navigation starts closed as on a phone.
    await user.click(await screen.findByRole('button', { name: 'Show or hide the pages' }));
    for (const name of ['Environments', 'Endpoints', 'Decisions', 'Fleets and capacity', 'Policies', 'Tenants', 'Sync', 'Overview']) {
      await user.click(await screen.findByRole('link', { name }));
      expect(await screen.findByRole('heading', { level: 1, name })).toBeVisible();
    }
  });

  it('asks again every 2 s until paused', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const calls = countCalls('sync');
    open('/sync');
    await screen.findByText('router-1');

    await vi.advanceTimersByTimeAsync(6100);
    const live = calls();
    expect(live).toBeGreaterThanOrEqual(3);

    screen.getByRole('button', { name: 'Pause updates' }).click();
    await screen.findByText(/^Paused/);
    const paused = calls();
    await vi.advanceTimersByTimeAsync(6100);
    expect(calls()).toBe(paused);
  });
});
