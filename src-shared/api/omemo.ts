import { z } from 'zod';
import { answer, envelope, text, wholeNumber } from './common.ts';

const DeviceNumber = wholeNumber(1, 2 ** 31 - 1);
const BotNumber = wholeNumber(1, Number.MAX_SAFE_INTEGER);

/** Both names of the act: what a device becomes. */
const Trust = z.enum(['trusted', 'distrusted'], { error: 'must be "trusted" or "distrusted"' });

export const Device = z
  .object({
    jid: z.string(),
    device: z.number(),
    fingerprint: z.string().nullable().describe('Null until its keys were seen.'),
    trust: z
      .enum(['trusted', 'new', 'distrusted'])
      .describe('A new device may chat; its commands wait until it is trusted.'),
    label: z.string().nullable(),
    versions: z.array(z.enum(['omemo2', 'legacy'])).describe('Where it is listed now; empty: it is gone.'),
    first_seen: z.number().describe('Unix seconds.'),
    last_seen: z.number().nullable().describe('Unix seconds of its last message.'),
  })
  .meta({ id: 'Device' });
const Devices = z.object({
  account: z.string(),
  own: z
    .object({ device: z.number(), fingerprint: z.string() })
    .nullable()
    .describe('The device of the account here; null before it has one.'),
  devices: z.array(Device),
});

export const BotDevicesQuery = z.object({ id: BotNumber });
export const ChangeBotDevice = z.object({ id: BotNumber, device: DeviceNumber, trust: Trust });
export const BotDevices = envelope(Devices);

/** The devices of an account by its address: a person's, or a bot's own. */
export const DevicesOf = z.object({ jid: z.string() });
export const ChangeDevice = z.object({
  device: DeviceNumber,
  trust: Trust,
  owner: text(3_100).optional().describe('Whose device it is, where several people have one of that number.'),
});
export const AccountDevices = answer(Devices);
