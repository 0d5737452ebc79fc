import type { z } from 'zod';
import type { Bot } from '../../../src-shared/api/bots.ts';
import type { AccountDevices, Device } from '../../../src-shared/api/omemo.ts';
import type { Api } from './api-client.ts';
import { confirm } from './confirm.ts';
import { botId, type Flags, UsageError, type Verb } from './verb.ts';

type Overview = z.infer<typeof AccountDevices>['result'];

const WHOSE = '--bot ID | --account JID';
const flags = { bot: true, account: true };

/** The address whose devices are meant: a dedicated bot's own, or an account's. */
async function addressOf(api: Api, { bot, account }: Flags): Promise<string> {
  if ((typeof bot === 'string') === (typeof account === 'string'))
    throw new UsageError(`Say whose devices: ${WHOSE}`);
  if (typeof account === 'string') return account;
  const id = botId(String(bot));
  const { result } = await api.call<{ result: Bot }>('GET', `/api/v1/bots/${id}`);
  if (result.jid === '')
    throw new UsageError(`Bot ${id} has no account of its own; name the account: --account JID`);
  return result.jid;
}

const path = (jid: string) => `/api/v1/omemo/${encodeURIComponent(jid)}`;

function deviceNumber(word: string | undefined): number {
  if (!/^[1-9]\d{0,9}$/.test(word ?? ''))
    throw new UsageError('The device is a whole number; see: botmother omemo list');
  return Number(word);
}

const line = ({ jid, device, fingerprint, trust, label, versions }: z.infer<typeof Device>) =>
  [
    `${device}  ${trust}  ${jid}`,
    ...(label ? [label] : []),
    versions.length === 0 ? '(gone from the device list)' : `(${versions.join(', ')})`,
  ]
    .join('  ')
    .concat(`\n    ${fingerprint ?? 'keys not seen yet'}`);

const lines = ({ account, own, devices }: Overview) => [
  own
    ? `${own.device}  this device  ${account}\n    ${own.fingerprint}`
    : `${account} has no OMEMO device here.`,
  ...(devices.length === 0 ? ['No other devices are known yet.'] : devices.map(line)),
];

const judged = (trust: 'trusted' | 'distrusted'): Verb => ({
  usage: `omemo ${trust === 'trusted' ? 'trust' : 'distrust'} DEVICE (${WHOSE}) [--of JID]`,
  summary:
    trust === 'trusted'
      ? 'Let a device command the bot'
      : 'Neither hear a device nor encrypt for it any more',
  flags: { ...flags, of: true },
  words: [1, 1],
  async run({ words: [word], flags: given, api, print }) {
    const device = deviceNumber(word);
    const client = await api();
    const jid = await addressOf(client, given);
    const body = { device, trust, ...(typeof given.of === 'string' && { owner: given.of }) };
    const { result } = await client.call<{ result: Overview }>('PATCH', `${path(jid)}/devices`, body);
    print(result, `Device ${device} is ${trust}.`);
    return 0;
  },
});

/** `omemo …`: devices of end-to-end encryption. */
export const omemoVerbs: Record<string, Verb> = {
  'omemo list': {
    usage: `omemo list (${WHOSE})`,
    summary: 'Devices with their fingerprints, and which of them are trusted',
    flags,
    words: [0, 0],
    async run({ flags: given, api, print }) {
      const client = await api();
      const jid = await addressOf(client, given);
      const { result } = await client.call<{ result: Overview }>('GET', `${path(jid)}/devices`);
      print(result, lines(result));
      return 0;
    },
  },
  'omemo trust': judged('trusted'),
  'omemo distrust': judged('distrusted'),
  'omemo reset': {
    usage: `omemo reset (${WHOSE}) [--yes]`,
    summary: 'A new device with new keys; asks first',
    flags: { ...flags, yes: false },
    words: [0, 0],
    async run({ flags: given, api, print }) {
      const client = await api();
      const jid = await addressOf(client, given);
      if (given.yes !== true)
        await confirm(`Give ${jid} a new OMEMO device? Everybody it talks to will see a new fingerprint.`);
      const { result } = await client.call<{ result: Overview }>('POST', `${path(jid)}/reset`, {});
      print(result, `${jid} gets a new OMEMO device.`);
      return 0;
    },
  },
};
