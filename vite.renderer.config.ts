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
  },
});
