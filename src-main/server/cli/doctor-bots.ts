import type { z } from 'zod';
import type { BotResource, Connection, Errand } from '../../../src-shared/api/bot-resources.ts';
import type { Api } from './api-client.ts';
import { bad, type Finding, good } from './finding.ts';
import { Refused } from './verb.ts';

type Bot = z.infer<typeof BotResource>;
type Standing = z.infer<typeof Connection>;

/** What to do about a bot that is not online. */
function fixOf({ id, owner }: Bot, { state }: Standing): string {
  if (state === 'failed')
    return `If its account is gone or its password was changed on the server, make the bot anew: botmother bot delete ${id}. Else: botmother bot deactivate ${id}, then botmother bot activate ${id}`;
  if (state === 'offline')
    return `It rests while its owner's account is switched off: botmother account enable ${owner}`;
  return 'It is tried again by itself.';
}

/** One bot in one line. */
export function botFinding(bot: Bot, standing: Standing): Finding {
  const { id, name, owner } = bot;
  const { jid, state, reason, published, owner_devices: ownerDevices, waiting_devices: waiting } = standing;
  const called = `bot ${name} (ID: ${id}, ${jid})`;
  if (state !== 'online')
    return bad(`${called} is ${state}${reason ? `: ${reason}` : ''}`, fixOf(bot, standing));
  if (published === false) {
    return bad(
      `${called} is online, and its OMEMO device is not on the server: nobody can write to it`,
      `It is tried again by itself; at once: botmother bot deactivate ${id}, then botmother bot activate ${id}`,
    );
  }
  if (ownerDevices === 0) {
    return bad(
      `${called} is online, and knows no OMEMO device of ${owner}: it can say nothing`,
      `Sign in as ${owner} with an app that has OMEMO switched on, and write to the bot.`,
    );
  }
  if (waiting.length === ownerDevices) {
    return bad(
      `${called} is online, and no device of ${owner} may command it yet: all of them came after the bot`,
      `Compare the fingerprint (botmother omemo list --bot ${id}), then: botmother omemo trust ${waiting[0]} --bot ${id}`,
    );
  }
  return good(`${called} is online, with OMEMO`);
}

async function standingOf(api: Api, id: number): Promise<Standing | undefined> {
  try {
    const { result } = await api.call<{ result: Standing }>('GET', `/api/v1/bots/${id}/connection`);
    return result;
  } catch (error) {
    // It was deleted meanwhile.
    if (error instanceof Refused) return undefined;
    throw error;
  }
}

/** Dedicated bots that are switched on, a line each; without an engine nothing of theirs is connected. */
export async function checkBots(api: Api): Promise<Finding[]> {
  if (!api.isRunning) return [];
  const { result } = await api.call<{ result: Bot[] }>('GET', '/api/v1/bots');
  const findings: Finding[] = [];
  for (const bot of result) {
    if (bot.mode !== 'dedicated' || bot.status !== 'active') continue;
    const standing = await standingOf(api, bot.id);
    if (standing) findings.push(botFinding(bot, standing));
  }
  return findings;
}

/** One account that is still there. */
export function errandFinding({ jid, owner, kind, reason }: z.infer<typeof Errand>): Finding {
  const why = reason === null ? '' : `: ${reason}`;
  if (kind === 'contact') {
    return bad(
      `the deleted bot ${jid} is still a contact of ${owner}${why}`,
      `It is tried again when ${owner} is online here: botmother account list`,
    );
  }
  return bad(
    kind === 'remove'
      ? `the account ${jid} of a deleted bot could not be removed yet${why}`
      : `the account ${jid} of a bot that was not made may still be there${why}`,
    'It is tried again at least once an hour; botmother ejabberd test says whether that can work.',
  );
}

/** Accounts of bots that should be gone. */
export async function checkErrands(api: Api): Promise<Finding[]> {
  const { result } = await api.call<{ result: z.infer<typeof Errand>[] }>('GET', '/api/v1/errands');
  return result.map(errandFinding);
}
