import { translate } from '../../src-shared/text/translate.ts';
import type { Services } from '../engine/engine.ts';
import type { CommandRunner } from '../engine/messages/inbound-pipeline.ts';
import { describeError } from './describe-error.ts';
import { botfather } from './index.ts';
import { nearest } from './nearest.ts';
import { parseCommand } from './parse.ts';

/** The chat edge: finds the declaration, reads its arguments, runs it. */
export function commandRouter(
  { bots, tokens, settings }: Pick<Services, 'bots' | 'tokens' | 'settings'>,
  apiUrl: () => string,
): CommandRunner {
  const byName = new Map(
    botfather.flatMap((command) => [command.name, ...(command.aliases ?? [])].map((name) => [name, command])),
  );
  const texts = () => translate(settings.get('language'));

  return {
    has: (name) => byName.has(name),
    async run(tx, owner, text) {
      const t = texts();
      const { name, rest } = parseCommand(text) ?? { name: '', rest: '' };
      const command = byName.get(name);
      if (!command) return this.unknown(text);
      const args = command.args.safeParse(rest);
      if (!args.success) {
        const usage = t('usage', { usage: t(command.usage) });
        return command.example ? `${usage}\n${t(command.example)}` : usage;
      }
      const caller = { actor: owner.jid, from: 'chat' };
      return command.run({ tx, owner, caller, args: args.data, t, bots, tokens, apiUrl: apiUrl() });
    },
    describe: describeError,
    unknown(text) {
      const name = parseCommand(text)?.name ?? '';
      const command = `/${name.slice(0, 40)}`;
      const meant = nearest(name, [...byName.keys()]);
      return meant
        ? texts()('unknown.nearest', { command, nearest: `/${meant}` })
        : texts()('unknown.line', { command });
    },
    tooLate: (late) => [texts()('late.title'), ...late.map((text) => text.slice(0, 200))].join('\n'),
  };
}
