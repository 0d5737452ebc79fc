import '@mantine/spotlight/styles.css';
import { Kbd } from '@mantine/core';
import { Spotlight, toggleSpotlight } from '@mantine/spotlight';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { PLACES } from '../places.ts';
import { botsQuery } from '../queries/bots.ts';
import { useChangeSetting } from '../queries/settings.ts';
import { useLanguage, useText } from '../text/use-text.ts';
import { BotIcon, ChatIcon, GearIcon, OpenIcon, SearchIcon, TryIcon } from '../ui/icons.tsx';
import { openKeyMap } from './key-map.tsx';
import { useShownKeys } from './keys.ts';
import { type Entry, entriesOf, found, type Group } from './palette-entries.ts';
import { onPaletteKeys } from './palette-keys.ts';

/** More is not read; who looks for something types on. */
const SHOWN = 40;
const ICONS = { chats: ChatIcon, bots: BotIcon, actions: TryIcon, places: OpenIcon, settings: GearIcon };

interface KnownChat {
  account: string;
  jid: string;
  name: string;
}

/** Ctrl K: to a chat, a bot, a setting or an action by its name. */
export function Palette() {
  const text = useText();
  const shownKeys = useShownKeys();
  const language = useLanguage();
  const [, go] = useLocation();
  const [typed, setTyped] = useState('');
  const [isOpen, setOpen] = useState(false);
  const { data: bots = [] } = useQuery({ ...botsQuery, enabled: isOpen });
  // What the list of chats has asked for, if it was open.
  const { data: chats } = useQuery<KnownChat[]>({ queryKey: ['chats'], enabled: false });
  const change = useChangeSetting();

  useEffect(() => onPaletteKeys(toggleSpotlight), []);

  const entries = isOpen
    ? found(entriesOf({ text, language, bots, chats: chats ?? [], places: PLACES }), typed)
    : [];
  const shown = entries.slice(0, SHOWN);
  const groups = [...new Set(shown.map(({ group }) => group))];

  function run({ go: to }: Entry) {
    if ('path' in to) return go(to.path);
    if (to.act === 'keys') return openKeyMap(text.shell.keys);
    if (to.act === 'docs') return void window.open('/docs', '_blank', 'noopener');
    return change.mutate({ key: 'window_theme', value: to.act.replace('theme-', '') });
  }
  return (
    <Spotlight.Root
      attributes={{ content: { 'aria-label': text.shell.jump } }}
      onQueryChange={setTyped}
      onSpotlightClose={() => {
        setOpen(false);
        setTyped('');
      }}
      onSpotlightOpen={() => setOpen(true)}
      query={typed}
      scrollable
      shortcut={null}
    >
      <Spotlight.Search
        aria-label={text.shell.jump}
        leftSection={<SearchIcon />}
        placeholder={text.shell.jumpTo}
      />
      <Spotlight.ActionsList>
        {groups.map((group) => (
          <Spotlight.ActionsGroup key={group} label={text.shell.jumpGroups[group]}>
            {shown
              .filter((entry) => entry.group === group)
              .map((entry) => (
                <Spotlight.Action
                  key={entry.id}
                  label={entry.label}
                  leftSection={<GroupIcon group={group} />}
                  onClick={() => run(entry)}
                  {...(entry.description !== undefined && { description: entry.description })}
                  {...(entry.keys !== undefined && {
                    rightSection: <Kbd size="xs">{shownKeys(entry.keys)}</Kbd>,
                  })}
                />
              ))}
          </Spotlight.ActionsGroup>
        ))}
        {shown.length === 0 && <Spotlight.Empty>{text.shell.jumpNone}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function GroupIcon({ group }: { group: Group }) {
  const Icon = ICONS[group];
  return <Icon />;
}
