import type { Command } from './define-command.ts';
import { help } from './help.ts';
import { mybots } from './mybots.ts';
import { newbot } from './newbot.ts';
import { token } from './token.ts';

/** The built-in commands of the self-chat, in the order in which /help shows them. */
export const botfather: readonly Command[] = [help(() => botfather), newbot, mybots, token];
