import { settingForm } from '../../src-shared/api/setting-forms.ts';
import type { GetBotsAnswer } from '../../src-shared/client/window.ts';
import type { Language } from '../../src-shared/text/language.ts';
import { paths } from '../paths.ts';
import type { Text } from '../text/use-text.ts';
import { CARDS, type CardName, PAGE_OF, PAGES } from '../views/settings/pages.ts';

export type Group = 'places' | 'chats' | 'bots' | 'settings' | 'actions';
/** What an entry does besides leading somewhere. */
export type Act = 'keys' | 'docs' | 'theme-light' | 'theme-dark' | 'theme-auto';

/** Something one can jump to or do. */
export interface Entry {
  id: string;
  group: Group;
  label: string;
  description?: string;
  keys?: string;
  /** Found by these words too. */
  words?: string;
  go: { path: string } | { act: Act };
}
interface Sources {
  text: Text;
  language: Language;
  bots: GetBotsAnswer;
  /** Of the rail. */
  places: readonly { name: keyof Text['shell']['places']; path: string; keys: string }[];
  chats: readonly { account: string; jid: string; name: string }[];
}

/** Everything the palette finds, in the order in which it is shown. */
export function entriesOf({ text, language, bots, chats, places }: Sources): Entry[] {
  const { shell, settings, common } = text;
  const settingEntries = (Object.keys(CARDS) as CardName[]).flatMap((card) =>
    CARDS[card].map((key): Entry => {
      const page = PAGE_OF[card];
      return {
        id: `setting ${key}`,
        group: 'settings',
        label: settingForm(key, language).label,
        description: settings.pages[page],
        words: key,
        go: { path: paths.settings(page) },
      };
    }),
  );
  return [
    ...chats.map(
      ({ account, jid, name }): Entry => ({
        id: `chat ${account} ${jid}`,
        group: 'chats',
        label: name,
        description: jid,
        go: { path: paths.chat(account, jid) },
      }),
    ),
    ...bots.map(
      ({ id, name, jid, mode }): Entry => ({
        id: `bot ${id}`,
        group: 'bots',
        label: name,
        description: [common.modes[mode], jid].filter(Boolean).join(' · '),
        words: String(id),
        go: { path: paths.bot(id) },
      }),
    ),
    ...bots
      .filter(({ mode }) => mode !== 'cloud')
      .flatMap(({ id, name }): Entry[] => [
        {
          id: `tab ai ${id}`,
          group: 'bots',
          label: text.bots.ai.jump(name),
          description: text.bots.tabs.names.ai,
          words: 'ai ki',
          go: { path: paths.bot(id, 'ai') },
        },
        {
          id: `tab telegram ${id}`,
          group: 'bots',
          label: text.bots.telegram.jump(name),
          description: text.bots.tabs.names.telegram,
          words: 'bridge brücke',
          go: { path: paths.bot(id, 'telegram') },
        },
      ]),
    {
      id: 'new-bot',
      group: 'actions',
      label: shell.actions.newBot,
      keys: 'mod+N',
      go: { path: paths.newBot },
    },
    { id: 'add-account', group: 'actions', label: shell.actions.addAccount, go: { path: paths.welcome } },
    ...(['light', 'dark', 'auto'] as const).map(
      (theme): Entry => ({
        id: `theme ${theme}`,
        group: 'actions',
        label: shell.actions.theme[theme],
        go: { act: `theme-${theme}` },
      }),
    ),
    { id: 'keys', group: 'actions', label: shell.actions.keys, keys: '?', go: { act: 'keys' } },
    { id: 'docs', group: 'actions', label: shell.actions.docs, go: { act: 'docs' } },
    ...places.map(
      ({ name, path, keys }): Entry => ({
        id: `place ${name}`,
        group: 'places',
        label: shell.places[name],
        keys,
        go: { path },
      }),
    ),
    ...PAGES.map(
      ({ name }): Entry => ({
        id: `page ${name}`,
        group: 'settings',
        label: settings.pages[name],
        description: settings.leads[name],
        go: { path: paths.settings(name) },
      }),
    ),
    ...settingEntries,
  ];
}

/** Those in which every word that was typed occurs; the ones that begin with it first. */
export function found(entries: readonly Entry[], typed: string): Entry[] {
  const wanted = typed.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean);
  // With nothing typed, single settings and tabs would only bury the rest.
  if (wanted.length === 0) return entries.filter(({ id }) => !/^(setting|tab) /.test(id));
  const begins = ({ label }: Entry) => label.toLocaleLowerCase().startsWith(wanted.join(' '));
  const fits = entries.filter(({ label, description = '', words = '' }) => {
    const all = `${label} ${description} ${words}`.toLocaleLowerCase();
    return wanted.every((word) => all.includes(word));
  });
  return fits.toSorted((a, b) => Number(begins(b)) - Number(begins(a)));
}
