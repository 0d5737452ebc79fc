import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { statusQuery } from '../../queries/status.ts';
import { openKeyMap } from '../../shell/key-map.tsx';
import { useText } from '../../text/use-text.ts';
import { Section } from '../../ui/card.tsx';
import { OutsideIcon } from '../../ui/icons.tsx';
import { toastProblem } from '../../ui/toasts.tsx';
import { PageHead } from './page-head.tsx';
import styles from './settings.module.css';

/** What runs here, and where to read more. */
export function About() {
  const { settings, shell } = useText();
  const text = settings.about;
  const { data: status } = useQuery(statusQuery);
  const desktop = window.desktop;
  return (
    <>
      <PageHead page="about" />
      <Section title="Botmother">
        <Fact label={text.version}>{status?.version}</Fact>
        {desktop && <Fact label={text.app}>{`${desktop.version}, ${desktop.platform}`}</Fact>}
        <Fact help={text.licenceBody} label={text.licence} />
        <Fact label={text.docs}>
          <Button
            component="a"
            href="/docs"
            rel="noopener"
            rightSection={<OutsideIcon size={16} />}
            size="xs"
            target="_blank"
            variant="default"
          >
            {text.openDocs}
          </Button>
        </Fact>
        <Fact label={text.keys}>
          <Button onClick={() => openKeyMap(shell.keys)} size="xs" variant="default">
            {text.showKeys}
          </Button>
        </Fact>
        {desktop?.showFolder !== undefined &&
          (['data', 'logs'] as const).map((which) => (
            <Fact key={which} label={which === 'data' ? text.dataFolder : text.logFolder}>
              <Button
                onClick={() => void desktop.showFolder(which).catch(toastProblem)}
                size="xs"
                variant="default"
              >
                {text.openFolder}
              </Button>
            </Fact>
          ))}
      </Section>
    </>
  );
}

function Fact({ label, help, children }: { label: string; help?: string; children?: ReactNode }) {
  return (
    <div className={styles.row}>
      <div className={styles.words}>
        <strong>{label}</strong>
        {help !== undefined && <p>{help}</p>}
      </div>
      <div className={styles.control}>{children}</div>
    </div>
  );
}
