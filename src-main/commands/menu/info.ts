import { describeBot } from '../info.ts';
import type { MenuCommand } from './define-menu.ts';

export const info: MenuCommand = {
  name: 'info',
  usage: 'menu.info.usage',
  summary: 'menu.info.summary',
  run: async ({ bot, services, t }) => describeBot(bot, services.bots.stateOf, t),
};
