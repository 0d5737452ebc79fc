import { translate } from '../../src-shared/text/translate.ts';
import type { CommandRunner } from '../engine/messages/inbound-roles.ts';
import { commandRunner, type RunnerServices } from './command-runner.ts';
import { botfather } from './index.ts';
import { nearest } from './nearest.ts';
import { parseCommand, wordsOf } from './parse.ts';

const LATE_SHOWN_LENGTH = 200;

/** The chat edge: finds the declaration, reads its arguments from the line, runs it. */
export function commandRouter(services: RunnerServices, apiUrl: () => string): CommandRunner {
  const commands = commandRunner(services, apiUrl);
  const { byName } = commands;
  /** Every word that leads to a command that is offered, with what to type. */
  const words = new Map(
    botfather.flatMap(({ name, aliases = [], alsoMeant = [] }) => [
      ...[name, ...aliases].map((word) => [word, word] as const),
      ...alsoMeant.map((word) => [word, name] as const),
    ]),
  );

  return {
    has: (name) => byName.has(name),
    resembles: (name) => nearest(name, [...words.keys()]) !== undefined,
    async run(tx, owner, text) {
      const { name, rest } = parseCommand(text) ?? { name: '', rest: '' };
      const command = byName.get(name);
      if (!command) return this.unknown(tx, owner, text);
      const language = await commands.languageOf(owner, tx);
      // Without its words a command says how it is used.
      const given = wordsOf(command.fields, rest) ?? {};
      const outcome = await commands.run(tx, owner, { command, words: given, language, from: 'chat' });
      if (outcome.kind !== 'question') return outcome.text;
      const { question, confirmWith } = outcome;
      return translate(language)('confirm.chat', { question, command: confirmWith });
    },
    async refused(tx, owner, text, error) {
      const name = byName.get(parseCommand(text)?.name ?? '')?.name ?? '';
      const language = await commands.languageOf(owner, tx);
      return commands.refused(tx, owner, { name, error, language, from: 'chat' });
    },
    async unknown(tx, owner, text) {
      const t = translate(await commands.languageOf(owner, tx));
      const name = parseCommand(text)?.name ?? '';
      const command = `/${name.slice(0, 40)}`;
      const meant = words.get(nearest(name, [...words.keys()]) ?? '');
      return meant ? t('unknown.nearest', { command, nearest: `/${meant}` }) : t('unknown.line', { command });
    },
    async tooLate(tx, owner, late) {
      const t = translate(await commands.languageOf(owner, tx));
      return [t('late.title'), ...late.map((text) => text.slice(0, LATE_SHOWN_LENGTH))].join('\n');
    },
  };
}
