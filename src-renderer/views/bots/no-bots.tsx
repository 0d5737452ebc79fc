import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { paths } from '../../places.ts';
import { useText } from '../../text/use-text.ts';
import { Empty } from '../../ui/empty.tsx';
import { BotIcon, PlusIcon } from '../../ui/icons.tsx';
import styles from './bots-page.module.css';

/** What to do where there is no bot yet. */
export function NoBots({ hasAccount, onCreate }: { hasAccount: boolean; onCreate: () => void }) {
  const text = useText().bots.empty;
  return hasAccount ? (
    <Empty
      actions={
        <>
          <Button leftSection={<PlusIcon />} onClick={onCreate}>
            {text.action}
          </Button>
          <p className={styles.or}>{text.chat}</p>
        </>
      }
      icon={<BotIcon size={24} />}
      isAlone
      title={text.title}
    >
      {text.body}
    </Empty>
  ) : (
    <Empty
      actions={
        <Button component={Link} href={paths.welcome}>
          {text.noAccountAction}
        </Button>
      }
      icon={<BotIcon size={24} />}
      isAlone
      title={text.noAccountTitle}
    >
      {text.noAccountBody}
    </Empty>
  );
}
