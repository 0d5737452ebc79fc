import { runAheadOfUnit, runInUnit, type Subcommands } from '../subcommands.ts';
import type { MenuAheadContext, MenuCommand } from './define-menu.ts';

/** A command of a bot's own chat with subcommands; what is typed behind it may hold a secret. */
export const menuSubcommands = <R>(
  subcommands: Subcommands<R>,
  requestOf: (context: MenuAheadContext) => R,
): Pick<MenuCommand, 'isMenu' | 'takesSecret' | 'place' | 'holdsSecret' | 'run' | 'runAhead'> => ({
  isMenu: true,
  takesSecret: true,
  place: (rest) => subcommands.act(rest).place,
  holdsSecret: subcommands.holdsSecret,
  run: async (context) => runInUnit(subcommands.act(context.rest), { ...requestOf(context), tx: context.tx }),
  runAhead: async (context) => runAheadOfUnit(subcommands.act(context.rest), requestOf(context)),
});
