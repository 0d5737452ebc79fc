import { bots } from './de/bots.ts';
import { chats } from './de/chats.ts';
import { common } from './de/common.ts';
import { firstRun } from './de/first-run.ts';
import { health } from './de/health.ts';
import { problems } from './de/problems.ts';
import { settings } from './de/settings.ts';
import { shell } from './de/shell.ts';
import type { en } from './en.ts';
import type { Words } from './words.ts';

/** Everything the window says, by place. */
export const de: Words<typeof en> = { common, shell, problems, chats, bots, health, settings, firstRun };
