import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const controlPlane = process.env['SPILLWAY_ADMIN_URL'] ?? 'http://127.0.0.1:8090';

/** `npm run demo`: the console on recorded answers, for work on its looks without a control plane. */
function recordedApi(): Plugin {
  return {
    name: 'recorded-api',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const url = new URL(request.url ?? '/', 'http://localhost');
        if (!url.pathname.startsWith('/api/')) {
          next();
          return;
        }
        void server.ssrLoadModule('/src/testing/recorded.ts').then((module) => {
          const { recorded } = module as typeof import('./src/testing/recorded');
          const { status, body } = recorded(request.method ?? 'GET', url, Date.now());
          response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
        });
      });
    },
  };
}

export default defineConfig(({ mode }) => ({
  // Relative, so that the console also works behind a path prefix.
  base: './',
  plugins: mode === 'demo' ? [react(), recordedApi()] : [react()],
  build: {
    outDir: process.env['SPILLWAY_CONSOLE_OUT'] ?? '../../../target/classes/META-INF/resources',
    emptyOutDir: true,
    target: 'es2023',
    // Everything is a file: the content security policy allows no data: fonts or scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: mode === 'demo' ? {} : { proxy: { '/api': controlPlane } },
  test: {
    environment: 'jsdom',
    setupFiles: ['src/testing/setup.ts'],
    restoreMocks: true,
    // Half the time: modules load once, and setup.ts puts back what tests change.
    isolate: false,
    testTimeout: 60_000,
    // PatternFly's modules import their stylesheets.
    server: { deps: { inline: [/@patternfly/] } },
  },
}));
