import { builtinModules } from 'node:module';
import { defineConfig } from 'vite';
import manifest from './package.json' with { type: 'json' };

/** Packages stay in node_modules: native ones must, and the others are shared by the three programs. */
const external = [
  'electron',
  ...Object.keys(manifest.dependencies),
  ...builtinModules,
  ...builtinModules.map((name) => `node:${name}`),
];

/** Engine, CLI and desktop main: ESM for Node 24. */
export default defineConfig({
  ssr: { external: true },
  build: {
    ssr: true,
    outDir: 'dist/main',
    emptyOutDir: true,
    target: 'node24',
    sourcemap: true,
    minify: false,
    rollupOptions: {
      external: (id) => external.some((name) => id === name || id.startsWith(`${name}/`)),
      input: {
        engine: 'src-main/server/main.ts',
        cli: 'src-main/server/cli/main.ts',
        desktop: 'src-main/desktop/main.ts',
      },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js', format: 'es' },
    },
  },
});
