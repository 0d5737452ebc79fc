import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { capture } from '../../../scripts/lib/processes.mjs';
import type { PrintedExample } from './printed-examples.ts';

const MODULES = resolve(import.meta.dirname, '../../../node_modules');

/** What the compiler says about programs that stand beside the client, as strict as it can be; nothing when all is well. */
export async function typeProblems(folder: string, programs: readonly PrintedExample[]): Promise<string> {
  const names = programs.map(({ operationId, index }) => `checked-${operationId}-${index}.ts`);
  for (const [index, { source }] of programs.entries())
    writeFileSync(join(folder, names[index] ?? ''), source);
  const compilerOptions = {
    target: 'es2024',
    module: 'nodenext',
    lib: ['es2025'],
    types: ['node'],
    typeRoots: [join(MODULES, '@types')],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    verbatimModuleSyntax: true,
    erasableSyntaxOnly: true,
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: true,
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: names }));
  const tsc = join(MODULES, 'typescript', 'bin', 'tsc');
  const { stdout, stderr } = await capture(process.execPath, [tsc, '-p', folder], { cwd: folder });
  return stdout + stderr;
}
