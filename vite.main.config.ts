import { cpSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { defineConfig, type Plugin } from 'vite';
import manifest from './package.json' with { type: 'json' };

/**
 * Packages of many small files that the engine needs at its start: put into the bundle they are one read instead of
 * hundreds, and only what is used of them. The others stay in node_modules, as native ones must.
 */
const bundled = ['@noble/curves', '@xmpp/xml', 'fastify-type-provider-zod', 'kysely', 'ltx', 'undici', 'zod'];

const external = [
  'electron',
  ...Object.keys(manifest.dependencies).filter((name) => !bundled.includes(name)),
  ...builtinModules,
  ...builtinModules.map((name) => `node:${name}`),
];

/** The engine gives the sources of the typed client away, at /docs. */
const clientSources: Plugin = {
  name: 'client-sources',
  writeBundle: () => cpSync('src-shared/client', 'dist/main/client', { recursive: true }),
};

/** Engine, CLI and desktop main: ESM for Node 24. */
export default defineConfig({
  plugins: [clientSources],
  ssr: { noExternal: true },
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
