import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The window's page: static files that the engine serves. */
export default defineConfig({
  root: 'src-renderer',
  base: '/',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome130',
    sourcemap: false,
    modulePreload: { polyfill: false },
    // The content security policy lets pictures in as files only.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // What the first picture needs comes in one file: each further one is one more question to wait for.
        codeSplitting: { groups: [{ name: 'window', tags: ['$initial'] }] },
      },
    },
  },
});
