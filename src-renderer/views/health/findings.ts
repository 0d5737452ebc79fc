import type { BotStatus, SessionState, Status } from '../../../src-shared/api/status.ts';
import { text } from '../../text.ts';
import type { DotState } from '../../ui/dot-state.ts';

/** Something that needs the reader. */
export interface Finding {
  key: string;
  level: 'bad' | 'warn';
  title: string;
  /** What is known of it; sentences. */
  explanation: string[];
  command?: string;
}

/** Everything that is not as it should be, the worst first. */
export function findingsOf({ accounts, bots_enabled, api_problem, api_url }: Status): Finding[] {
  const { needsYou } = text;
  const failed = accounts
    .filter(({ state }) => state === 'failed')
    .map(({ jid, reason }) => ({
      key: jid,
      level: 'bad' as const,
      title: needsYou.failed(jid),
      explanation: [sentence(reason ?? needsYou.unknownReason), needsYou.failedHelp],
      command: needsYou.reconnectCommand(jid),
    }));
  const backingOff = accounts
    .filter(({ state }) => state === 'backing_off')
    .map(({ jid, reason }) => ({
      key: jid,
      level: 'warn' as const,
      title: needsYou.backingOff(jid),
      explanation: [...(reason === null ? [] : [sentence(reason)]), needsYou.backingOffHelp],
    }));
  const switchedOff = {
    key: 'bots',
    level: 'warn' as const,
    title: needsYou.disabled,
    explanation: [needsYou.disabledHelp],
    command: needsYou.enableCommand,
  };
  const wrongPort = {
    key: 'api',
    level: 'warn' as const,
    title: needsYou.wrongPort,
    explanation: [sentence(api_problem ?? ''), needsYou.wrongPortHelp(api_url)],
    command: needsYou.portCommand,
  };
  return [
    ...failed,
    ...backingOff,
    ...(api_problem === null ? [] : [wrongPort]),
    ...(bots_enabled ? [] : [switchedOff]),
  ];
}

const ACCOUNT_DOTS: Record<SessionState, DotState> = {
  online: 'on',
  connecting: 'connecting',
  backing_off: 'waiting',
  failed: 'failed',
  offline: 'off',
};

/** How an account's session is shown. */
export const accountDot = (state: SessionState): DotState => ACCOUNT_DOTS[state];

/** What a bot does at this moment: being active is not enough, its account must be online too. */
export function botState(bot: BotStatus, status: Status): { dot: DotState; words: string } {
  const { states, statuses } = text.bots;
  if (bot.status === 'disabled') return { dot: 'off', words: statuses.disabled };
  if (!status.bots_enabled) return { dot: 'off', words: states.switchedOff };
  const owner = status.accounts.find(({ jid }) => jid === bot.owner);
  if (bot.mode === 'personal' && owner?.state !== 'online') return { dot: 'waiting', words: states.waits };
  return { dot: 'on', words: statuses.active };
}

/** Reasons come from elsewhere, without regard to how a sentence begins and ends. */
function sentence(reason: string): string {
  const [first = ''] = reason;
  const text = first.toLocaleUpperCase() + reason.slice(first.length);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
