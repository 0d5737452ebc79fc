import type { AuditRow } from '../../src-shared/api/audit.ts';
import type { Language } from '../../src-shared/text/language.ts';
import { settingLabels } from '../../src-shared/text/setting-labels.ts';
import type { Text } from '../text/use-text.ts';

type AuditText = Text['settings']['audit'];

const wordIn = <V>(table: Readonly<Record<string, V>>, code: string): V | undefined =>
  Object.hasOwn(table, code) ? table[code] : undefined;

/** What the words of an audit row's code are; none of a code that this window does not know, of a newer engine. */
export function auditWords(text: AuditText, code: string): string | undefined {
  const words = wordIn(text.changes, code) ?? wordIn(text.refusals, code);
  if (words !== undefined) return words;
  const [, edge, name] = /^(command|menu)\.(.+)$/.exec(code) ?? [];
  return name === undefined ? undefined : text[edge as 'command' | 'menu'](name);
}

/** Who it was, in words; none of an XMPP address. */
export function actorWords(text: AuditText, actor: string): string | undefined {
  const [, bot] = /^bot (\d+)$/.exec(actor) ?? [];
  return bot === undefined ? wordIn(text.actors, actor) : text.bot(Number(bot));
}

/** From where, in words; none of an IP address. */
export const placeWords = (text: AuditText, place: string): string | undefined => wordIn(text.places, place);

/** What the setting that was changed is called in forms. */
export const settingWords = (
  language: Language,
  { action, details }: Pick<AuditRow, 'action' | 'details'>,
): string | undefined =>
  action === 'setting.set' || action === 'bot.setting'
    ? wordIn(settingLabels, details)?.[language]
    : undefined;

/** Everything that is said of a row in words, to be found by it. */
export const wordsOfRow = (text: AuditText, language: Language, row: AuditRow): string =>
  [
    auditWords(text, row.action),
    actorWords(text, row.actor),
    placeWords(text, row.ip_address),
    settingWords(language, row),
  ].join(' ');
