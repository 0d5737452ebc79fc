import type { Caller } from '../../../src-shared/access.ts';
import { refuse } from '../../../src-shared/errors.ts';
import type { EngineEvents } from '../../../src-shared/events.ts';
import { checkText } from '../../../src-shared/xml-text.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { BotCommand, BotCommandRepository } from '../../store/bot-command-repository.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { Tx } from '../../store/open.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';

interface BotCommandsDeps {
  repository: BotCommandRepository;
  audit: AuditTrail;
  events: Emitter<EngineEvents>;
}

const COMMANDS_PER_BOT = 100;
const NAME = /^[a-z0-9_]{1,32}$/;
const DESCRIPTION_LENGTH = 256;

/** The slash commands that a bot's program takes: shown in menus, and how a slash text finds its bot. */
export function botCommands({ repository, audit, events }: BotCommandsDeps) {
  function checked(given: readonly BotCommand[]): BotCommand[] {
    if (given.length > COMMANDS_PER_BOT) throw refuse('commands.too-many', { limit: COMMANDS_PER_BOT });
    const seen = new Set<string>();
    return given.map(({ command, description }) => {
      const name = command.trim().replace(/^\//, '').toLowerCase();
      if (!NAME.test(name)) throw refuse('commands.name', { command: command.trim().slice(0, 40) });
      if (seen.has(name)) throw refuse('commands.twice', { command: name });
      seen.add(name);
      const text = description.trim();
      checkText('description', text);
      if ([...text].length > DESCRIPTION_LENGTH || /\p{Cc}/u.test(text)) {
        throw refuse('commands.description', { command: name, limit: DESCRIPTION_LENGTH });
      }
      return { command: name, description: text };
    });
  }

  return {
    of: repository.of,
    takers: repository.takers,
    /** Replaces all commands of a bot; resolves with what was stored. An empty list takes them away. */
    async set(tx: Tx, bot: Bot, commands: readonly BotCommand[], caller: Caller): Promise<BotCommand[]> {
      const stored = checked(commands);
      await repository.replace(tx, bot.id, stored);
      await audit.note(tx, caller, { action: 'bot.commands', botId: bot.id, details: String(stored.length) });
      tx.afterCommit(() => events.emit('bot.changed', { botId: bot.id, owner: bot.owner }));
      return stored;
    },
  };
}
export type BotCommands = ReturnType<typeof botCommands>;
