import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** Who may import whom: a folder imports from itself and from those named, never the other way. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  'src-shared': [],
  'src-main/base': ['src-shared'],
  'src-main/gateways': ['src-shared', 'src-main/base'],
  migrations: [],
  'src-main/store': ['src-shared', 'src-main/base', 'src-main/gateways', 'migrations'],
  'src-main/engine': ['src-shared', 'src-main/base', 'src-main/gateways', 'src-main/store'],
  'src-main/commands': [
    'src-shared',
    'src-main/base',
    'src-main/gateways',
    'src-main/store',
    'src-main/engine',
  ],
  'src-main/http': ['src-shared', 'src-main/base', 'src-main/gateways', 'src-main/store', 'src-main/engine'],
  'src-main/server': [
    'src-shared',
    'src-main/base',
    'src-main/gateways',
    'src-main/store',
    'src-main/engine',
    'src-main/commands',
    'src-main/http',
  ],
  'src-main/desktop': ['src-shared', 'src-main/base'],
  'src-renderer': ['src-shared'],
};
/** From the engine process the desktop takes its messages, nothing else. */
const SINGLE_FILES: Record<string, readonly string[]> = {
  'src-main/desktop': ['src-main/server/host-messages.ts', 'package.json'],
  'src-main/server': ['package.json'],
};
/** Packages that belong to some folders only. */
const PACKAGES: Record<string, readonly string[]> = {
  electron: ['src-main/desktop'],
  kysely: ['src-main/store', 'migrations'],
  'better-sqlite3': ['src-main/store', 'src-main/server'],
  fastify: ['src-main/http', 'src-main/server'],
  react: ['src-renderer'],
  ai: ['src-main/gateways'],
  '@ai-sdk/openai': ['src-main/gateways'],
  grammy: ['src-main/gateways'],
};
/** `omemo` sits on `xmpp`; otherwise gateways ignore each other. */
const GATEWAYS_ON: Record<string, readonly string[]> = { omemo: ['xmpp'] };

const sources = Object.keys(MAY_IMPORT).flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name)),
);

const folderOf = (file: string) =>
  Object.keys(MAY_IMPORT)
    .filter((folder) => file.startsWith(`${folder}/`))
    .sort((a, b) => b.length - a.length)[0];

const importsOf = (file: string) =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(
    ([, name = '']) => name,
  );

/** The import as a path in the project, or undefined for a package. */
const target = (file: string, name: string) =>
  name.startsWith('.') ? relative(root, resolve(root, dirname(file), name)) : undefined;

const gatewayOf = (file: string) => /^src-main\/gateways\/([^/]+)\//.exec(file)?.[1];

function faultOf(file: string, name: string): string | undefined {
  const from = folderOf(file) ?? '';
  const path = target(file, name);
  if (path === undefined) {
    const packageName = name.startsWith('@') ? name.split('/', 2).join('/') : (name.split('/', 1)[0] ?? '');
    const homes = PACKAGES[packageName];
    return homes && !homes.includes(from) ? `${file} imports the package ${packageName}` : undefined;
  }
  if (SINGLE_FILES[from]?.includes(path)) return undefined;
  const to = folderOf(path);
  if (to === undefined) return `${file} imports ${path}, which is outside the layout`;
  if (to !== from && !MAY_IMPORT[from]?.includes(to)) return `${file} imports ${path}`;
  const [gateway, other] = [gatewayOf(file), gatewayOf(path)];
  if (gateway && other && gateway !== other && !GATEWAYS_ON[gateway]?.includes(other))
    return `${file} imports ${path}`;
  return undefined;
}

describe('the import line', () => {
  it('sees the sources it is about', () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(sources.flatMap(importsOf).length).toBeGreaterThan(200);
  });

  it('is not crossed', () => {
    const faults = sources.flatMap((file) => importsOf(file).map((name) => faultOf(file, name)));

    expect(faults.filter((fault) => fault !== undefined)).toEqual([]);
  });

  it('would notice an edge that imports an edge, a gateway that knows bots, and a stray package', () => {
    expect(faultOf('src-main/http/bots.ts', '../commands/index.ts')).toContain('http/bots.ts imports');
    expect(faultOf('src-main/gateways/xmpp/session.ts', '../../engine/engine.ts')).toContain(
      'session.ts imports',
    );
    expect(faultOf('src-main/engine/engine.ts', 'electron')).toContain('package electron');
    expect(faultOf('src-main/desktop/main.ts', '../server/run-engine.ts')).toContain(
      'desktop/main.ts imports',
    );
  });
});
