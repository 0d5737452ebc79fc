import { translate } from '../../src-shared/text/translate.ts';
import { BOTS_PER_OWNER } from '../engine/bots/bot-service.ts';
import type { Answer, CommandRunner, Place } from '../engine/messages/inbound-roles.ts';
import type { Account } from '../store/account-repository.ts';
import type { Tx } from '../store/open.ts';
import { chatAnswer } from './answer.ts';
import { type CommandRequest, commandRunner, type Outcome, type RunnerServices } from './command-runner.ts';
import { placeOf } from './define-command.ts';
import { botfather } from './index.ts';
import { lateNotice } from './late-notice.ts';
import { nearest, resembles } from './nearest.ts';
import { parseCommand, wordsOf } from './parse.ts';

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

  const commandOf = (text: string) => byName.get(parseCommand(text)?.name ?? '');

  async function requestOf(owner: Account, text: string, tx?: Tx): Promise<CommandRequest> {
    const command = commandOf(text);
    if (!command) throw new Error('there is no such command');
    // Without its words a command says how it is used.
    const words = wordsOf(command.fields, parseCommand(text)?.rest ?? '') ?? {};
    return { command, words, language: await commands.languageOf(owner, tx), from: 'chat' };
  }
  function placeOfLine(text: string): Place {
    const command = commandOf(text);
    if (!command) return 'unit';
    return placeOf(command, wordsOf(command.fields, parseCommand(text)?.rest ?? '') ?? {});
  }
  const told = (owner: Account, { language }: CommandRequest, outcome: Outcome): Answer =>
    outcome.kind === 'usage'
      ? { text: outcome.text }
      : chatAnswer(outcome.answer, { jid: owner.jid, t: translate(language) });

  return {
    list(language) {
      const t = translate(language);
      return botfather.map(({ name, usage, summary, isMenu = false }) => ({
        name,
        usage: t(usage),
        summary: t(summary, { limit: BOTS_PER_OWNER }),
        isMenu,
      }));
    },
    has: (name) => byName.has(name),
    resembles: (name) => resembles(name, [...words.keys()]),
    placeOf: placeOfLine,
    holdsSecret: (text) => commandOf(text)?.holdsSecret?.(parseCommand(text)?.rest ?? '') ?? false,
    async runAhead(owner, text, how) {
      const request = await requestOf(owner, text);
      return told(owner, request, await commands.runAhead(owner, request, how));
    },
    async run(tx, owner, text) {
      if (!commandOf(text)) return { text: await this.unknown(tx, owner, text) };
      const request = await requestOf(owner, text, tx);
      return told(owner, request, await commands.run(tx, owner, request));
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
      return lateNotice(late, (name) => byName.get(name), t);
    },
  };
}
