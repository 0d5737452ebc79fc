import { bots } from './en/bots.ts';
import { chats } from './en/chats.ts';
import { common } from './en/common.ts';
import { firstRun } from './en/first-run.ts';
import { health } from './en/health.ts';
import { problems } from './en/problems.ts';
import { settings } from './en/settings.ts';
import { shell } from './en/shell.ts';

/** Everything the window says, by place. */
export const en = { common, shell, problems, chats, bots, health, settings, firstRun };
