import { describeBot } from '../info.ts';
import type { MenuCommand } from './define-menu.ts';

export const info: MenuCommand = {
  name: 'info',
  usage: 'menu.info.usage',
  summary: 'menu.info.summary',
  runAhead: async ({ bot, services: { ai, telegram, bots }, t }) =>
    describeBot(
      bot,
      { ai: await ai.shown(bot), telegram: await telegram.shown(bot), stateOf: bots.stateOf },
      t,
    ),
};
