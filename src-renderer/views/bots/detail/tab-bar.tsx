import { Menu, Tabs, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { useText } from '../../../text/use-text.ts';
import { MenuIcon } from '../../../ui/icons.tsx';
import { fittingTabs } from './fitting-tabs.ts';
import styles from './tab-bar.module.css';

export interface TabOf<Name extends string> {
  name: Name;
  label: string;
  /** Something that waits there: how it is shown, and what it is called. */
  badge?: { shown: ReactNode; words: string };
}

interface TabBarProps<Name extends string> {
  /** What all of them are about. */
  label: string;
  tabs: readonly TabOf<Name>[];
  open: Name;
  onOpen: (name: Name) => void;
}

/** Tabs in one row; those that do not fit are in a menu at its end. The open one always shows. */
export function TabBar<Name extends string>({ label, tabs, open, onOpen }: TabBarProps<Name>) {
  const text = useText();
  const bar = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const more = useRef<HTMLButtonElement>(null);
  const [fits, setFits] = useState<readonly boolean[]>([]);
  const openAt = tabs.findIndex(({ name }) => name === open);

  useLayoutEffect(() => {
    if (!bar.current || !list.current) return undefined;
    const row = list.current;
    // Those that are away keep their widths, so they can be measured as well.
    const measure = () => {
      const next = fittingTabs({
        widths: [...row.children].map((tab) => tab.getBoundingClientRect().width),
        room: (bar.current?.clientWidth ?? 0) - startOf(row),
        more: more.current?.getBoundingClientRect().width ?? 0,
        open: openAt,
      });
      setFits((now) => (now.join() === next.join() ? now : next));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(bar.current);
    // A tab is as wide as its word, which another language and another typeface change.
    for (const tab of row.children) observer.observe(tab);
    measure();
    return () => observer.disconnect();
  }, [openAt]);

  const isAway = (index: number) => fits[index] === false;
  const away = tabs.filter((_, index) => isAway(index));
  /** What the mark of the menu stands for. */
  const waiting = away
    .flatMap(({ label: word, badge }) => (badge ? [`${word}: ${badge.words}`] : []))
    .join(', ');
  return (
    <div className={styles.bar} ref={bar}>
      <Tabs.List aria-label={label} className={styles.list ?? ''} ref={list}>
        {tabs.map(({ name, label: word, badge }, index) => (
          <Tabs.Tab
            className={styles.tab ?? ''}
            data-away={isAway(index) || undefined}
            // The arrow keys pass it by.
            disabled={isAway(index)}
            key={name}
            rightSection={badge && <Badge {...badge} />}
            value={name}
          >
            {word}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <UnstyledButton
            className={styles.more ?? ''}
            data-away={away.length === 0 || undefined}
            disabled={away.length === 0}
            ref={more}
            title={waiting || undefined}
          >
            {text.common.more}
            {waiting !== '' && (
              <>
                <span aria-hidden="true" className={styles.mark} />
                <VisuallyHidden>{waiting}</VisuallyHidden>
              </>
            )}
            <MenuIcon size={16} />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {away.map(({ name, label: word, badge }) => (
            <Menu.Item key={name} onClick={() => onOpen(name)} rightSection={badge && <Badge {...badge} />}>
              {word}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

/** A number for who sees it, and what it counts for who hears it or points at it. */
function Badge({ shown, words }: { shown: ReactNode; words: string }) {
  return (
    <span title={words}>
      <span aria-hidden="true">{shown}</span>
      <VisuallyHidden>{words}</VisuallyHidden>
    </span>
  );
}

/** What the row leaves free before its first tab. */
const startOf = (row: HTMLElement) => Number.parseFloat(getComputedStyle(row).paddingInlineStart) || 0;
