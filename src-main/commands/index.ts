import { activate, deactivate } from './activation.ts';
import { api } from './api.ts';
import { clear } from './clear.ts';
import type { Command } from './define-command.ts';
import { deletebot } from './deletebot.ts';
import { help } from './help.ts';
import { info } from './info.ts';
import { ki } from './ki.ts';
import { mybots } from './mybots.ts';
import { newbot } from './newbot.ts';
import { omemo } from './omemo.ts';
import { scope } from './scope.ts';
import { setcommands } from './setcommands.ts';
import { setdescription } from './setdescription.ts';
import { status } from './status.ts';
import { telegram } from './telegram.ts';
import { revoke, showtoken, token } from './tokens.ts';
import { use } from './use.ts';

/** The built-in commands of the self-chat, in the order in which /help shows them. */
export const botfather: readonly Command[] = [
  help(() => botfather),
  newbot,
  mybots,
  deletebot,
  token,
  showtoken,
  revoke,
  activate,
  deactivate,
  setcommands,
  setdescription,
  status,
  use,
  scope,
  info,
  ki,
  telegram,
  api,
  clear,
  omemo,
];
