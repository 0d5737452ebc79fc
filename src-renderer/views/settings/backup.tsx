import { useText } from '../../text/use-text.ts';
import { Section } from '../../ui/card.tsx';
import { KeeperOnly } from '../../ui/keeper-only.tsx';
import { RestoreBackup } from '../../ui/restore-backup.tsx';
import { MakeBackup } from './make-backup.tsx';
import { PageHead } from './page-head.tsx';
import styles from './settings.module.css';

/** Everything that is here in one file, and back. */
export function Backup() {
  const text = useText().settings.backup;
  return (
    <>
      <PageHead page="backup" />
      <Section title={text.make}>
        <KeeperOnly command="backup FILE">
          <MakeBackup />
        </KeeperOnly>
      </Section>
      <Section title={text.restore}>
        <KeeperOnly command="restore FILE">
          <div className={styles.form}>
            <RestoreBackup />
          </div>
        </KeeperOnly>
      </Section>
    </>
  );
}
