import { reasonIn } from '../../../src-shared/text/reasons.ts';
import type { ExitReason } from '../engine/engine-host.ts';
import type { EngineState } from '../engine/engine-supervisor.ts';
import { KeystoreRefuses, NeedsKeyChoice, SealedKeyBroken } from '../keystore/data-key.ts';
import type { ShellLanguage, Text } from '../text/text.ts';
import type { ShellPage } from './shell-page.ts';

/** How an engine ended, in words. */
export function reasonWords(reason: ExitReason, { reasons }: Text): string {
  if (reason.kind === 'code') return reasons.code(reason.code);
  return reason.kind === 'signal' ? reasons.signal(reason.signal) : reasons.spawn(reason.detail);
}

const RETRY_OR_QUIT = ({ pages }: Text) =>
  [
    { action: 'retry', label: pages.retry },
    { action: 'logs', label: pages.showLogs },
    { action: 'quit', label: pages.quit },
  ] as const;

/** The engine is not there and does not come by itself: why, and what to do. */
export function failedPage(
  { message, cause }: Extract<EngineState, { name: 'failed' }>,
  keystoreName: string,
  text: Text,
  language: ShellLanguage,
): ShellPage {
  if (cause instanceof NeedsKeyChoice) return keyChoicePage(text);
  if (cause instanceof KeystoreRefuses) return keystorePage(cause, keystoreName, text);
  const { pages } = text;
  if (cause instanceof SealedKeyBroken) {
    return {
      tone: 'bad',
      title: pages.cannotStart,
      paragraphs: [pages.keyBrokenFile(cause.file), pages.keystoreUntouched],
      actions: RETRY_OR_QUIT(text),
    };
  }
  return {
    tone: 'bad',
    title: pages.cannotStart,
    quote: reasonIn(language, message),
    paragraphs: [pages.untouched],
    actions: RETRY_OR_QUIT(text),
  };
}

/** The engine went away; another one comes by itself. */
export function restartingPage(
  { reason, failures }: Extract<EngineState, { name: 'restarting' }>,
  text: Text,
): ShellPage {
  const { pages } = text;
  return {
    tone: 'wait',
    title: pages.restarting,
    paragraphs: [
      pages.stoppedByItself(reasonWords(reason, text)),
      ...(failures > 1 ? [pages.tries(failures)] : []),
      pages.nothingLost,
    ],
    actions: [
      { action: 'retry', label: pages.startNow },
      { action: 'logs', label: pages.showLogs },
      { action: 'quit', label: pages.quit },
    ],
  };
}

/** The engine takes its time; nothing is wrong with that. */
export const startingPage = ({ pages }: Text): ShellPage => ({
  tone: 'wait',
  title: pages.starting,
  paragraphs: [pages.startingSlowly],
  actions: [
    { action: 'logs', label: pages.showLogs },
    { action: 'quit', label: pages.quit },
  ],
});

/** The window's program died or its page did not load, although the engine runs. */
export const cannotShowPage = (reason: string, text: Text): ShellPage => ({
  tone: 'bad',
  title: text.pages.cannotShow,
  paragraphs: [text.pages.pageFailed(reason)],
  actions: RETRY_OR_QUIT(text),
});

function keyChoicePage({ pages }: Text): ShellPage {
  return {
    tone: 'ask',
    title: pages.keyTitle,
    paragraphs: [pages.keyIntro],
    choices: [
      { icon: 'shield', title: pages.keyHow, text: pages.keyHowText, action: 'quit', label: pages.keyQuit },
      {
        icon: 'file',
        title: pages.keyFile,
        text: pages.keyFileText,
        action: 'key-file',
        label: pages.keyChooseFile,
      },
    ],
  };
}

function keystorePage({ isThere }: KeystoreRefuses, name: string, text: Text): ShellPage {
  const { pages } = text;
  return {
    tone: 'bad',
    title: pages.keystoreTitle,
    paragraphs: [
      isThere ? pages.keystoreRefused(name) : pages.keystoreGone(name),
      pages.keystoreHow,
      pages.keystoreUntouched,
    ],
    actions: RETRY_OR_QUIT(text),
  };
}
