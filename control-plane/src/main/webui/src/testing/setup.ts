import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import i18next from '../i18n';
import { session } from '../session/session';
import { server } from './server';

// A busy build machine takes seconds for what a person's takes milliseconds; the default of one is no property of ours.
configure({ asyncUtilTimeout: 15_000 });

// jsdom lacks what the theme asks the browser.
window.matchMedia = (query: string) =>
  ({
    matches: false,
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }) as unknown as MediaQueryList;
window.scrollTo = () => undefined;

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
beforeEach(async () => {
  await i18next.changeLanguage('en');
});
afterEach(() => {
  cleanup();
  server.resetHandlers();
  session.end();
  localStorage.clear();
  sessionStorage.clear();
});
afterAll(() => server.close());
