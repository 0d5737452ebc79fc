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

/**
 * Importing Node's `http` reads all its names, also those behind which Node loads its whole `fetch`: a tenth of the time
 * until the engine answers. Through `process.getBuiltinModule` only the names that our sources use are read; packages get
 * the real one.
 */
const HTTP_NAMES = ['createServer', 'request'];
const isOurHttp = (id: string, importer: string | undefined) =>
  id === 'node:http' && importer !== undefined && !importer.includes('/node_modules/');
const lightHttp: Plugin = {
  name: 'light-http',
  enforce: 'pre',
  resolveId: (id, importer) => (isOurHttp(id, importer) ? '\0light-http' : undefined),
  load: (id) =>
    id === '\0light-http'
      ? `export const { ${HTTP_NAMES.join(', ')} } = process.getBuiltinModule('node:http');`
      : undefined,
};

/** Engine, CLI and desktop main: ESM for Node 24. */
export default defineConfig({
  plugins: [lightHttp, clientSources],
  ssr: { noExternal: true },
  build: {
    ssr: true,
    outDir: 'dist/main',
    emptyOutDir: true,
    target: 'node24',
    sourcemap: true,
    minify: false,
    rollupOptions: {
      external: (id, importer) =>
        !isOurHttp(id, importer) && external.some((name) => id === name || id.startsWith(`${name}/`)),
      input: {
        engine: 'src-main/server/main.ts',
        cli: 'src-main/server/cli/main.ts',
        desktop: 'src-main/desktop/main.ts',
      },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js', format: 'es' },
    },
  },
});
