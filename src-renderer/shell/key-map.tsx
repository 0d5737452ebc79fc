import { Kbd, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useSetting } from '../queries/settings.ts';
import { useText, type Text as Words } from '../text/use-text.ts';
import styles from './key-map.module.css';
import { useShownKeys } from './keys.ts';

type Name = keyof Words['shell']['keyMap'];
/** What each key does, by where it does it. */
const KEYS: Record<keyof Words['shell']['keyGroups'], [Name, ...string[]][]> = {
  everywhere: [
    ['jump', 'mod+K'],
    ['places', 'mod+1–4'],
    ['newBot', 'mod+N'],
    ['parts', 'F6'],
    ['submit', 'mod+Enter'],
    ['close', 'Esc'],
    ['map', '?'],
  ],
  lists: [
    ['move', 'J', 'K'],
    ['open', 'Enter'],
    ['toggle', 'Space'],
    ['find', 'F'],
    ['regenerate', 'R'],
    ['webhook', 'W'],
    ['remove', 'Del'],
  ],
  chats: [
    ['nextChat', 'alt+ArrowDown', 'alt+ArrowUp'],
    ['findHere', 'mod+F'],
    ['palette', '/'],
    ['edit', 'ArrowUp'],
    ['send', 'Enter'],
    ['line', 'shift+Enter'],
  ],
};

let isOpen = false;
/** Shows what each key does; once at a time. */
export function openKeyMap(title: string): void {
  if (isOpen) return;
  isOpen = true;
  modals.open({
    title,
    centered: true,
    size: 'lg',
    onClose: () => {
      isOpen = false;
    },
    children: <KeyMap />,
  });
}

function KeyMap() {
  const { shell } = useText();
  const areKeysOn = useSetting('window_single_keys');
  const enter = useSetting('window_enter');
  const shownKeys = useShownKeys();
  const keysOf = (name: Name, keys: string[]): string[] => {
    if (enter === 'line' && name === 'send') return ['mod+Enter'];
    return enter === 'line' && name === 'line' ? ['Enter'] : keys;
  };
  return (
    <>
      {!areKeysOn && (
        <Text mb="md" size="sm">
          {shell.keysOff}
        </Text>
      )}
      <div className={styles.groups}>
        {(Object.keys(KEYS) as (keyof typeof KEYS)[]).map((group) => (
          <section key={group}>
            <h3>{shell.keyGroups[group]}</h3>
            <dl>
              {KEYS[group].map(([name, ...keys]) => (
                <div key={name}>
                  <dt>{shell.keyMap[name]}</dt>
                  <dd>
                    {keysOf(name, keys).map((key) => (
                      <Kbd key={key} size="xs">
                        {shownKeys(key)}
                      </Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </>
  );
}
