import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { OpenApiDocument } from '../../src-main/http/openapi/types.ts';
import { answerCheck } from '../support/answer-check.ts';
import { describedRoutes } from '../support/described.ts';
import { type ExampleStage, exampleStage, fillIn } from '../support/examples/example-stage.ts';
import { longerProgram, type PrintedExample, printedExamples } from '../support/examples/printed-examples.ts';
import { exampleRunner } from '../support/examples/run-example.ts';
import { typeProblems } from '../support/examples/type-problems.ts';
import { lacks } from '../support/servers/ready.ts';
import { testFolder } from '../support/test-folder.ts';

const { operations } = await describedRoutes();
const LANGUAGES = ['Shell', 'Python', 'TypeScript'] as const;
const cases = operations.flatMap((route) =>
  LANGUAGES.map((lang) => ({ ...route, name: route.operation.operationId, lang })),
);

/** Routes whose example is refused here, though it is right: what it is about cannot be had in this test. */
const REFUSED: Readonly<Record<string, { status: number; error: string }>> = {
  // A receiver refuses an update for seven seconds before it is dead.
  replayDelivery: { status: 404, error: 'not_found' },
  restoreBackup: { status: 400, error: 'bad_request' },
  // No printed pair is a good one.
  giveCertificate: { status: 400, error: 'bad_request' },
};

describe.skipIf(lacks('server', 'guide'))('the examples of /docs', () => {
  const closings: (() => Promise<void> | void)[] = [];
  const atEnd = (close: () => Promise<void> | void) => void closings.push(close);
  let stage: ExampleStage;
  let runner: Awaited<ReturnType<typeof exampleRunner>>;
  let examples: PrintedExample[];
  let document: OpenApiDocument;
  let check: ReturnType<typeof answerCheck>;
  let folder: string;

  const get = async (path: string) => fetch(`http://127.0.0.1:${stage.engine.port}${path}`);

  beforeAll(async () => {
    stage = await exampleStage(atEnd);
    folder = testFolder(atEnd);
    document = (await (await get('/openapi.json')).json()) as OpenApiDocument;
    check = answerCheck(document);
    examples = printedExamples(await (await get('/docs')).text());
    writeFileSync(join(folder, 'botmother.ts'), await (await get('/docs/botmother.ts')).text());
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    writeFileSync(join(folder, 'picture.jpg'), 'a picture');
    writeFileSync(
      join(folder, 'all.backup'),
      'no backup: what it would replace is needed by the other examples',
    );
    runner = await exampleRunner(folder, atEnd);
  }, 120_000);
  afterAll(async () => {
    for (const close of closings.reverse()) await close();
  });

  it('are those of /openapi.json, for every route and in every language', () => {
    const described = Object.values(document.paths)
      .flatMap((methods) => Object.values(methods))
      .flatMap(({ operationId, 'x-codeSamples': samples = [] }) =>
        samples.map(({ lang, source }) => ({ operationId, lang, source })),
      );
    const known = (one: { operationId: string; lang: string }) => `${one.operationId} ${one.lang}`;

    expect(new Set(described.map(known)).size).toBe(operations.length * LANGUAGES.length);
    const sorted = (all: { operationId: string; lang: string; source: string }[]) =>
      all.map(({ operationId, lang, source }) => `${operationId} ${lang}\n${source}`).sort();
    expect(sorted(examples)).toEqual(sorted(described));
  });

  it('have no fault of type, nor has the client that they use', async () => {
    const programs = examples.filter(({ lang }) => lang === 'TypeScript');
    const manual = readFileSync(resolve(import.meta.dirname, '../../docs/http-api.md'), 'utf8');
    const inManual = [...manual.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, source = '']) => source);
    const longer = [longerProgram(await (await get('/docs')).text()), ...inManual];
    const others = longer.map(
      (source, index): PrintedExample => ({
        operationId: 'longer',
        lang: 'TypeScript',
        index,
        source,
      }),
    );

    expect(others).toHaveLength(2);
    expect(await typeProblems(folder, [...programs, ...others])).toBe('');
    // The check can find something.
    const wrong = {
      ...programs[0],
      operationId: 'wrong',
      source: `import { sendMessage } from './botmother.ts';\nsendMessage({});`,
    };
    expect(await typeProblems(folder, [wrong as PrintedExample])).toMatch(/error TS/);
  }, 120_000);

  it('say what is wrong when they are refused', async () => {
    const example = (lang: PrintedExample['lang']) =>
      examples.find((one) => one.operationId === 'getMe' && one.lang === lang) as PrintedExample;
    const env = { TOKEN: 'bm_unknown' };

    await expect(runner.run(example('Python'), env, { method: 'GET', url: '/' })).rejects.toThrow(/401/);
    await expect(runner.run(example('TypeScript'), env, { method: 'GET', url: '/' })).rejects.toThrow(
      /ApiError: GET \/bot\/getMe: .*\(401 unauthorized\)/,
    );
  });

  it.each(cases)('run: $name in $lang', async ({ name, lang, method, path, operation }) => {
    const printed = examples.filter((one) => one.operationId === name && one.lang === lang);
    expect(printed.length).toBeGreaterThan(0);
    for (const one of printed) {
      const { env, replacements } = await fillIn(stage, one, onTestFinished);
      const source = replacements.reduce((text, [sample, value]) => text.replace(sample, value), one.source);
      const example = { ...one, source };
      const content = Object.keys(operation.responses[200]?.content ?? {});

      if (content.includes('text/event-stream')) {
        await runner.runUntil(example, env, STREAMS[name] ? STREAMS[name](stage) : neverHeardOf(name));
        continue;
      }
      const isApart = operation['x-caller'] === 'keeper' && lang === 'TypeScript';
      const url = path.replace(/\{\w+\}/g, 'x');
      const running = isApart ? runner.runApart(example, env) : runner.run(example, env, { method, url });
      const refused = REFUSED[name];
      // The client throws what it is refused; who speaks to the socket by itself gets to read it.
      const isPrinted = lang === 'Shell' || operation['x-caller'] === 'keeper';
      if (refused && !isPrinted) {
        await expect(running).rejects.toThrow(new RegExp(`\\b${refused.status}\\b`));
        continue;
      }
      const ran = await running;

      for (const answer of ran.answers) {
        expect(check(answer)).toEqual([]);
        if (refused) expect(JSON.parse(answer.text)).toMatchObject({ error: refused.error });
        expect(answer.status, answer.text).toBe(refused?.status ?? 200);
      }
      if (!content.includes('application/json')) {
        const [, file = ''] = /(?:output |open\("|Sync\('|Stream\(')([\w.-]+)/.exec(source) ?? [];
        expect(runner.hasWritten(file), file).toBe(true);
      } else expect(ran.printed).toMatch(/\S/);
    }
  });
});

/** What a stream brings, and how it is made to. */
const STREAMS: Readonly<
  Record<string, (stage: ExampleStage) => { expected: RegExp; nudge: () => Promise<unknown> }>
> = {
  followUpdates: () => ({ expected: /What is the weather like\?/, nudge: async () => undefined }),
  followLogs: ({ engine }) => ({
    expected: /webhook address is failing/,
    nudge: async () => {
      const { body } = await engine.call<{ bots: { id: number }[] }>('GET', '/bot/list');
      for (const { id } of body.bots) await engine.call('POST', `/api/v1/bots/${id}/webhook/probe`);
    },
  }),
  testBotAi: () => ({ expected: /request_id/, nudge: async () => undefined }),
  followEvents: ({ set }) => ({ expected: /language/, nudge: () => set({ language: 'en' }) }),
};
const neverHeardOf = (name: string): never => {
  throw new Error(`say in STREAMS what ${name} brings`);
};
