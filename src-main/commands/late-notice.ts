import type { Translate } from '../../src-shared/text/translate.ts';
import { parseCommand } from './parse.ts';

/** What the notice has to know of a declared command. */
interface Declared {
  takesSecret?: true;
}

const SHOWN_LENGTH = 200;

/**
 * One notice for commands that came too late to run. What stands behind a name is said again only where its declaration
 * lets no secret in: the notice stays in every archive. Of what is no command, nobody knows what stands there.
 */
export function lateNotice(
  late: readonly string[],
  commandOf: (name: string) => Declared | undefined,
  t: Translate,
): string {
  const shown = (text: string) => {
    const { name = '', rest = '' } = parseCommand(text) ?? {};
    const command = commandOf(name);
    const isOpen = rest === '' || (command !== undefined && !command.takesSecret);
    return isOpen ? text.slice(0, SHOWN_LENGTH) : `/${name.slice(0, SHOWN_LENGTH)} …`;
  };
  return [t('late.title'), ...late.map(shown)].join('\n');
}
