import type { Clock } from '../../../src-main/base/clock.ts';
import { systemClock } from '../../../src-main/base/clock.ts';
import type { Logger } from '../../../src-main/base/logger.ts';
import { silentLogger } from '../../../src-main/base/logger.ts';
import type { SecretBox } from '../../../src-main/base/secret-box.ts';
import { adHocCommands } from '../../../src-main/commands/ad-hoc.ts';
import { menuRouter } from '../../../src-main/commands/menu/menu-router.ts';
import { commandRouter } from '../../../src-main/commands/router.ts';
import { type Engine, openEngine } from '../../../src-main/engine/engine.ts';
import type { EngineDeps } from '../../../src-main/engine/engine-deps.ts';
import { accountRepository } from '../../../src-main/store/account-repository.ts';
import type { Bot } from '../../../src-main/store/bot-repository.ts';
import { LOCAL_TENANT } from '../../../src-shared/ids.ts';
import { bareJid } from '../../../src-shared/jid.ts';
import { noDoor } from '../no-door.ts';
import { type ServerLine, scriptedPool } from './scripted-session.ts';

const CALLER = { actor: 'test', from: 'test' };
export const BOT = 'bot_ledger_0001@localhost';
export const OWNER = 'you@localhost';

/** An engine whose sessions end at a scripted line, without edges but those of the chat. Not started. */
export function scriptedEngine(options: {
  dataDir: string;
  box: SecretBox;
  line: ServerLine;
  clock?: Clock;
  logger?: Logger;
  openAi?: EngineDeps['openAi'];
}): Promise<Engine> {
  const { dataDir, box, line, clock = systemClock, logger = silentLogger } = options;
  return openEngine({
    dataDir,
    box,
    clock,
    logger,
    version: 'test',
    commands: (services) => commandRouter(services, () => ''),
    menu: (services) => menuRouter(services),
    adHoc: (services) => adHocCommands(services, () => ''),
    ownPorts: () => [],
    ...(options.openAi && { openAi: options.openAi }),
    apiDoor: noDoor,
    pool: scriptedPool(line),
  });
}

/** The rows of a dedicated bot whose account a server has made. */
export async function insertBot(
  engine: Engine,
  box: SecretBox,
  { jid = BOT, owner = OWNER } = {},
): Promise<Bot> {
  const rows = accountRepository(engine.store, box, LOCAL_TENANT);
  const bot = await engine.store.write(async (tx) => {
    const request = { name: 'Ledger', owner: bareJid(owner), mode: 'dedicated' as const, jid: bareJid(jid) };
    const made = await engine.bots.create(tx, request, CALLER);
    await rows.insert(tx, {
      jid: bareJid(jid),
      password: 'secret',
      service: undefined,
      ca: undefined,
      isOperator: false,
      botId: made.bot.id,
      hasOmemo: true,
      createdAt: Date.now(),
    });
    return made.bot;
  });
  return bot;
}
