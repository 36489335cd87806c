import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const controlPlane = process.env['SPILLWAY_ADMIN_URL'] ?? 'http://127.0.0.1:8090';

export default defineConfig({
  // Relative, so that the console also works behind a path prefix.
  base: './',
  plugins: [react()],
  build: {
    outDir: process.env['SPILLWAY_CONSOLE_OUT'] ?? '../../../target/classes/META-INF/resources',
    emptyOutDir: true,
    target: 'es2023',
    // Everything is a file: the content security policy allows no data: fonts or scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  server: { proxy: { '/api': controlPlane } },
  test: {
    environment: 'jsdom',
    setupFiles: ['src/testing/setup.ts'],
    restoreMocks: true,
    testTimeout: 20_000,
    // PatternFly's modules import their stylesheets.
    server: { deps: { inline: [/@patternfly/] } },
  },
});
