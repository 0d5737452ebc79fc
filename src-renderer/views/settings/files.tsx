import { useText } from '../../text/use-text.ts';
import { PageHead } from './page-head.tsx';
import { SettingCard } from './setting-card.tsx';

/** What bots may use. */
export function Files() {
  const text = useText().settings.files;
  return (
    <>
      <PageHead page="files" />
      <SettingCard name="bots" title={text.bots} />
      <SettingCard name="files" title={text.files} />
      <SettingCard name="telegram" title={text.telegram} />
      <SettingCard name="limits" title={text.limits} />
    </>
  );
}
