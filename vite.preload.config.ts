import { defineConfig } from 'vite';
import manifest from './package.json' with { type: 'json' };

/** The preload of a sandboxed window must be one CommonJS file. Runs after the build of the main programs. */
export default defineConfig({
  define: { BOTMOTHER_VERSION: JSON.stringify(manifest.version) },
  build: {
    ssr: 'src-main/desktop/preload.ts',
    outDir: 'dist/main',
    emptyOutDir: false,
    target: 'chrome130',
    minify: false,
    rollupOptions: {
      external: ['electron'],
      output: { entryFileNames: 'preload.cjs', format: 'cjs' },
    },
  },
});
