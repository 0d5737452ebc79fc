import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { AccountStatus } from '../../../src-shared/api/status.ts';
import { text } from '../../text.ts';
import { CopyAction, Typed } from '../../ui/copy-text.tsx';
import { ChatIcon, TerminalIcon } from '../../ui/icons.tsx';
import logo from '../../ui/logo.svg';
import styles from './health.module.css';

/** Nobody is signed in yet: what to type, and where. */
export function FirstAccount() {
  const { firstAccount, firstBot } = text;
  return (
    <Welcome body={firstAccount.body} title={firstAccount.title}>
      <Step copy={firstAccount.command} icon={<TerminalIcon />} title={firstAccount.terminal}>
        <p>
          <Typed>{firstAccount.command}</Typed>
        </p>
        <p>{firstAccount.commandHelp}</p>
      </Step>
      <Step copy={firstBot.command} icon={<ChatIcon />} title={firstAccount.chat}>
        <Sentence parts={firstAccount.chatHelp(firstBot.command)} />
      </Step>
    </Welcome>
  );
}

/** Somebody is signed in, but there is no bot. */
export function FirstBot({ accounts }: { accounts: AccountStatus[] }) {
  const { firstBot } = text;
  const [first] = accounts;
  const isAnyOnline = accounts.some(({ state }) => state === 'online');
  return (
    <Welcome body={firstBot.body} title={firstBot.title}>
      <Step copy={firstBot.command} icon={<ChatIcon />} title={firstBot.chat}>
        <Sentence parts={firstBot.chatHelp(firstBot.command)} />
        {!isAnyOnline && first && <p>{firstBot.waitFor(first.jid)}</p>}
      </Step>
      {first && (
        <Step copy={firstBot.terminalCommand(first.jid)} icon={<TerminalIcon />} title={firstBot.terminal}>
          <p>
            <Typed>{firstBot.terminalCommand(first.jid)}</Typed>
          </p>
        </Step>
      )}
    </Welcome>
  );
}

function Welcome({ title, body, children }: { title: string; body: string; children: ReactNode }) {
  return (
    <section className={styles.welcome}>
      <img alt="" src={logo} />
      <Title fz="xl" lh="1.75rem" order={2}>
        {title}
      </Title>
      <p>{body}</p>
      <ol className={styles.steps}>{children}</ol>
      <p className={styles.small}>{text.firstAccount.here}</p>
    </section>
  );
}

interface StepProps {
  icon: ReactNode;
  title: string;
  /** What the copy button copies. */
  copy: string;
  children: ReactNode;
}

function Step({ icon, title, copy, children }: StepProps) {
  return (
    <li>
      {icon}
      <div>
        <strong>{title}</strong>
        {children}
      </div>
      <CopyAction value={copy} what={text.needsYou.command} />
    </li>
  );
}

/** A sentence with something to type in its middle. */
function Sentence({ parts: [before, typed, after] }: { parts: readonly [string, string, string] }) {
  return (
    <p>
      {before}
      <Typed>{typed}</Typed>
      {after}
    </p>
  );
}
