import type { AuditRow } from '../../../src-shared/api/audit.ts';
import { botId, UsageError, type Verb } from './verb.ts';

const describe = ({ timestamp, action, outcome, bot_id, details, actor, ip_address }: AuditRow) =>
  [
    new Date(timestamp * 1_000).toISOString().replace('.000', ''),
    outcome === 'ok' ? action : `${action} REFUSED`,
    ...(bot_id === null ? [] : [`bot ${bot_id}`]),
    ...(details === '' ? [] : [details]),
    `by ${actor}${ip_address === '' ? '' : ` from ${ip_address}`}`,
  ].join('  ');

function wholeNumber(name: string, value: string | boolean | undefined): string {
  if (typeof value !== 'string' || !/^[1-9]\d{0,14}$/.test(value))
    throw new UsageError(`--${name} takes a whole number from 1.`);
  return value;
}

export const auditVerb: Verb = {
  usage: 'audit [--bot ID] [--limit N] [--before ID]',
  summary: 'Who did what, from where: the newest first (100, at most 500)',
  flags: { bot: true, limit: true, before: true },
  words: [0, 0],
  async run({ flags, api, print }) {
    const query = new URLSearchParams();
    if (flags.bot !== undefined) query.set('id', String(botId(String(flags.bot))));
    for (const name of ['limit', 'before']) {
      if (flags[name] !== undefined) query.set(name, wholeNumber(name, flags[name]));
    }
    const { result } = await (await api()).call<{ result: AuditRow[] }>('GET', `/api/v1/audit?${query}`);
    print(result, result.length === 0 ? 'Nothing was noted yet.' : result.map(describe));
    return 0;
  },
};
