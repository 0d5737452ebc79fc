import { parseArgs } from 'node:util';
import { BadConfig, type Config, readConfig } from '../config.ts';
import { serve } from '../serve.ts';
import { VERSION } from '../version.ts';
import { wordsFor } from '../words.ts';
import { accountVerbs } from './account.ts';
import { adminTokenVerbs } from './admin-token.ts';
import { aiVerbs } from './ai.ts';
import { type Api, reachApi } from './api-client.ts';
import { auditVerb } from './audit.ts';
import { backupVerb } from './backup.ts';
import { botVerbs } from './bot.ts';
import { deadLetterVerbs } from './dead-letters.ts';
import { doctorVerb } from './doctor.ts';
import { ejabberdVerbs } from './ejabberd.ts';
import { checkUse, findVerb, helpFor } from './find-verb.ts';
import { omemoVerbs } from './omemo.ts';
import { panelVerbs } from './panel.ts';
import { restoreVerb } from './restore.ts';
import { serverVerbs } from './server.ts';
import { settingVerbs } from './settings.ts';
import { telegramVerbs } from './telegram.ts';
import { type Flags, Refused, UsageError, type Verb } from './verb.ts';

const EVERYWHERE = { 'data-dir': true, json: false, help: false, version: false };

const serveVerb = (config: Config): Verb => ({
  usage: 'serve [--data-dir DIR] [--port N] [--mode local|network]',
  summary: 'Run the engine until it is stopped',
  flags: { port: true, mode: true },
  words: [0, 0],
  run: () => serve(config),
});

const verbsFor = (config: Config): Record<string, Verb> => ({
  serve: serveVerb(config),
  ...accountVerbs,
  ...botVerbs,
  ...aiVerbs,
  ...telegramVerbs,
  ...deadLetterVerbs,
  ...ejabberdVerbs,
  ...omemoVerbs,
  ...settingVerbs,
  ...serverVerbs,
  audit: auditVerb,
  ...adminTokenVerbs,
  ...panelVerbs,
  backup: backupVerb,
  restore: restoreVerb(config),
  doctor: doctorVerb(config),
});

/** Goes in front of a negative number, so that it is no flag; nobody can type it. */
const NUMBER_MARK = '\0';
const markNumber = (word: string) => (/^-\d/.test(word) ? `${NUMBER_MARK}${word}` : word);
const unmark = (word: string) => (word.startsWith(NUMBER_MARK) ? word.slice(1) : word);

function readFlags(argv: string[]): { words: string[]; flags: Flags } {
  const names = { ...EVERYWHERE } as Record<string, boolean>;
  for (const { flags } of Object.values(
    verbsFor(readConfig({}, { ...process.env, BOTMOTHER_MODE: 'local' })),
  )) {
    Object.assign(names, flags);
  }
  const options = Object.fromEntries(
    Object.entries(names).map(([name, takesValue]) => [
      name,
      { type: takesValue ? ('string' as const) : ('boolean' as const) },
    ]),
  );
  try {
    // No flag of ours is a digit: what begins with a minus and one is a number, such as that of a group at Telegram.
    const args = argv.map(markNumber);
    const { positionals, values } = parseArgs({ args, options, allowPositionals: true, strict: true });
    const flags = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        typeof value === 'string' ? unmark(value) : value,
      ]),
    );
    return { words: positionals.map(unmark), flags: flags as Flags };
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split('. ', 1)[0] ?? '') : 'wrong flags');
  }
}

/** Runs one command line. Resolves with the exit status: 0 ok, 1 failed, 2 used wrongly. */
export async function runCli(argv: string[]): Promise<number> {
  let api: Api | undefined;
  const asJson = argv.includes('--json');
  const fail = (message: string, status: number) => {
    process.stderr.write(`${asJson ? JSON.stringify({ ok: false, description: message }) : message}\n`);
    return status;
  };
  try {
    const { words, flags } = readFlags(argv);
    const text = (name: string) => (typeof flags[name] === 'string' ? flags[name] : undefined);
    // `--mode` of other verbs is a bot's.
    const mode = words[0] === 'serve' ? text('mode') : undefined;
    const config = readConfig({ 'data-dir': text('data-dir'), port: text('port'), mode }, process.env);
    const verbs = verbsFor(config);
    if (flags.version === true) {
      process.stdout.write(`${VERSION}\n`);
      return 0;
    }
    if (flags.help === true || words.length === 0 || words[0] === 'help') {
      process.stdout.write(`${helpFor(verbs, words[0] === 'help' ? words.slice(1) : words)}\n`);
      return words.length === 0 && flags.help !== true ? 2 : 0;
    }
    const { verb, rest } = findVerb(verbs, words);
    checkUse(verb, rest, flags, EVERYWHERE);
    const status = await verb.run({
      words: rest,
      flags,
      api: async () => {
        api ??= await reachApi(config, { mayCreate: verb.makesFolder === true });
        return api;
      },
      print: (result, lines) => {
        const shown = asJson ? JSON.stringify(result, null, 2) : [lines].flat().join('\n');
        process.stdout.write(`${shown}\n`);
      },
    });
    return status ?? 0;
  } catch (error) {
    if (error instanceof UsageError || error instanceof BadConfig) return fail(error.message, 2);
    return fail(error instanceof Refused ? error.message : wordsFor(error), 1);
  } finally {
    await api?.close();
  }
}
