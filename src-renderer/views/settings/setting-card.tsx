import type { ReactNode } from 'react';
import { Section } from '../../ui/card.tsx';
import { CARDS, type CardName } from './pages.ts';
import { SettingField } from './setting-field.tsx';

/** A card of plain settings. */
export function SettingCard({
  name,
  title,
  children,
}: {
  name: CardName;
  title: string;
  children?: ReactNode;
}) {
  return (
    <Section title={title}>
      {CARDS[name].map((key) => (
        <SettingField key={key} name={key} />
      ))}
      {children}
    </Section>
  );
}
