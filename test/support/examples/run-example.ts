import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { capture, startProcess } from '../../../scripts/lib/processes.mjs';
import type { AnswerSeen } from '../answer-check.ts';
import { type LineProgram, startLineProgram } from '../peers/json-lines.ts';
import type { AtEnd } from '../test-folder.ts';
import { until } from '../until.ts';
import type { PrintedExample } from './printed-examples.ts';

export interface Ran {
  printed: string;
  /** What was answered, where that can be seen. */
  answers: AnswerSeen[];
}

/** Debian's, for which Debian's own packages are installed. */
const PYTHON = '/usr/bin/python3';
const RUNNERS = {
  Python: [PYTHON, '-u', resolve(import.meta.dirname, 'runner.py')],
  TypeScript: [
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    resolve(import.meta.dirname, 'runner.mjs'),
  ],
};

/** Runs examples in a folder, as somebody would who has copied them into it. */
export async function exampleRunner(folder: string, atEnd: AtEnd) {
  writeFileSync(
    join(folder, '.curlrc'),
    'silent\nshow-error\nmax-time = 60\nwrite-out = "\\n%{http_code} %{content_type}"\n',
  );
  const [python, node] = await Promise.all(
    [RUNNERS.Python, RUNNERS.TypeScript].map((command) => startLineProgram(command, { folder }, () => {})),
  );
  atEnd(async () => void (await Promise.all([python?.end(), node?.end()])));

  const fileOf = ({ operationId, index }: PrintedExample) => join(folder, `${operationId}-${index}.ts`);
  const environment = (env: Record<string, string>) => ({
    PATH: process.env.PATH,
    HOME: folder,
    LANG: 'C.UTF-8',
    ...env,
  });

  async function inRunner(runner: LineProgram | undefined, details: object): Promise<Ran> {
    if (!runner) throw new Error('the runner is missing');
    const ran = await runner.ask<Ran & { problem: string | null }>('run', details);
    if (ran.problem !== null) throw new Error(ran.problem);
    return ran;
  }

  async function withCurl(source: string, env: Record<string, string>, route: Route): Promise<Ran> {
    const { code, stdout, stderr } = await capture('bash', ['-c', source], {
      cwd: folder,
      env: environment(env),
    });
    if (code !== 0) throw new Error(`curl ended with ${code}: ${stderr}`);
    const end = stdout.lastIndexOf('\n');
    const [status, type] = stdout.slice(end + 1).split(' ');
    const printed = stdout.slice(0, end);
    const answer = { ...route, status: Number(status), headers: { 'content-type': type }, text: printed };
    return { printed, answers: [answer] };
  }

  /** As a program of its own, which is how those are run that do not end or that write past the console. */
  const command = (example: PrintedExample): [string, string[]] => {
    if (example.lang === 'Shell') return ['bash', ['-c', example.source]];
    if (example.lang === 'Python') return [PYTHON, ['-u', '-c', example.source]];
    writeFileSync(fileOf(example), example.source);
    return [process.execPath, ['--disable-warning=ExperimentalWarning', fileOf(example)]];
  };

  return {
    /** To its end. */
    run(example: PrintedExample, env: Record<string, string>, route: Route): Promise<Ran> {
      if (example.lang === 'Shell') return withCurl(example.source, env, route);
      if (example.lang === 'Python') {
        return inRunner(python, { name: example.operationId, source: example.source, env });
      }
      // A name of its own each time: Node runs a module once.
      const file = join(folder, `${example.operationId}-${crypto.randomUUID()}.ts`);
      writeFileSync(file, example.source);
      return inRunner(node, { file, env });
    },

    async runApart(example: PrintedExample, env: Record<string, string>): Promise<Ran> {
      const [program, args] = command(example);
      const { code, stdout, stderr } = await capture(program, args, { cwd: folder, env: environment(env) });
      if (code !== 0) throw new Error(`it ended with ${code}: ${stderr}`);
      return { printed: stdout, answers: [] };
    },

    /** Until it has printed what is expected; `nudge` makes that happen. */
    async runUntil(
      example: PrintedExample,
      env: Record<string, string>,
      { expected, nudge }: { expected: RegExp; nudge: () => Promise<unknown> },
    ): Promise<string> {
      const [program, args] = command(example);
      const { child, kill } = await startProcess(program, args, {
        cwd: folder,
        env: environment(env),
        stdout: 'pipe',
        stderr: 'pipe',
      });
      let printed = '';
      const collect = (chunk: Buffer) => {
        printed += chunk.toString('utf8');
      };
      child.stdout?.on('data', collect);
      child.stderr?.on('data', collect);
      try {
        await until(`${expected} from ${example.operationId} in ${example.lang}`, async () => {
          await nudge();
          return expected.test(printed);
        });
      } finally {
        await kill();
      }
      return printed;
    },

    /** Whether an example has written such a file, with something in it. */
    hasWritten: (name: string) => existsSync(join(folder, name)) && statSync(join(folder, name)).size > 0,
  };
}
export interface Route {
  method: string;
  url: string;
}
