import '@testing-library/jest-dom/vitest';
import { cleanup } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import i18next from '../i18n';
import { session } from '../session/session';
import { server } from './server';

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
