import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { xml } from '../../src-main/gateways/xmpp/element.ts';
import { chatClient } from '../support/chat-client.ts';
import { allowAccounts, createDedicated } from '../support/dedicated-bot.ts';
import { signInOn, startEngineProcess } from '../support/engine-process.ts';
import { peerOwner } from '../support/owner-clients.ts';
import { startEjabberd } from '../support/servers/servers.ts';
import { until } from '../support/until.ts';
import { fileForm, sealedFile, upload } from '../support/uploaded.ts';
import { runBench, shown } from './support/bench.ts';
import { rounded, type Spread, spreadOf } from './support/report.ts';

/**
 * bench:files: memory of the engine while files of 20 MB go through it, in each direction, plain and encrypted. The
 * engine is a process as its users run it, beside a real ejabberd. The kernel keeps the peak of its memory; what is above
 * the memory right before counts.
 */
const FILE_BYTES = 20_000_000;
const MAXIMUM_MIB = 60;
const ROUNDS = 3;

interface Update {
  data: { body: string; files?: { url: string }[] };
}

await runBench('files', 240_000, async ({ folder, onEnd }) => {
  const server = await startEjabberd();
  onEnd(() => server.kill());
  for (const name of ['you', 'owner', 'friend']) await server.register(name, `${name}-pw`);
  const engine = await startEngineProcess(`${folder}/data`);
  onEnd(() => engine.stop());
  await signInOn(engine, server);
  await allowAccounts(engine, server);
  const phone = await chatClient(server, 'you@localhost', 'you-pw');
  onEnd(() => phone.close());
  const place = { server, jid: 'owner@localhost', password: 'owner-pw' };
  const owner = await peerOwner('old', { ...place, atEnd: (close) => onEnd(async () => close()) });
  const made = await engine.call<{ token: string }>('POST', '/bot/create', {
    body: { name: 'Bench', account: 'you@localhost' },
  });
  const personal = { token: made.body.token, to: 'friend@localhost' };
  const bot = await createDedicated(engine, { owner: owner.jid });
  const dedicated = { token: bot.token, to: owner.jid };
  const greeted = () =>
    engine.call('POST', '/bot/sendMessage', { token: bot.token, body: { to: owner.jid, text: 'hello' } });
  await until('the bot to know its owner', async () => (await greeted()).status === 200);

  const bytes = randomBytes(FILE_BYTES);
  const web = createServer((_request, response) => response.end(bytes));
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  onEnd(async () => void web.close());
  const url = `http://127.0.0.1:${(web.address() as AddressInfo).port}/file.bin`;

  type Way = typeof personal;
  const check = (status: number, body: unknown) => {
    if (status !== 200) throw new Error(`${status}: ${JSON.stringify(body)}`);
  };
  const sendForm = async ({ token, to }: Way) => {
    const response = await fetch(`http://127.0.0.1:${engine.port}/bot/sendFile`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: fileForm({ to }, bytes, 'file.bin'),
    });
    check(response.status, await response.json());
  };
  const sendUrl = async ({ token, to }: Way) => {
    const { status, body } = await engine.call('POST', '/bot/sendFile', { token, body: { to, url } });
    check(status, body);
  };
  /** An address of ours for each round: a copy that is there already would cost nothing. */
  const addressesOf = async ({ token }: Way, send: () => Promise<string>): Promise<string[]> => {
    const texts: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) texts.push(await send());
    return until('the updates', async () => {
      const { body } = await engine.call<{ result: Update[] }>('GET', '/bot/getUpdates', { token });
      const found = (body.result as Update[])
        .filter(({ data }) => texts.includes(data.body))
        .flatMap(({ data }) => data.files?.map((file) => file.url) ?? []);
      return found.length === ROUNDS && found;
    });
  };
  const plainAddresses = await addressesOf(personal, async () => {
    const at = await upload(phone.session, server.caFile, bytes, 'file.bin');
    const oob = xml('x', { xmlns: 'jabber:x:oob' }, xml('url', {}, at));
    await phone.send(
      xml(
        'message',
        { to: 'you@localhost', type: 'chat', id: crypto.randomUUID() },
        xml('body', {}, at),
        oob,
      ),
    );
    return at;
  });
  const sealedAddresses = await addressesOf(dedicated, async () => {
    const { stored, addressAt } = sealedFile(bytes);
    const text = addressAt(await upload(phone.session, server.caFile, stored, 'file.bin'));
    await owner.say(bot, text);
    return text;
  });
  const get = async (address: string | undefined) => {
    const response = await fetch(address ?? '');
    const got = Buffer.from(await response.arrayBuffer());
    if (response.status !== 200 || !got.equals(bytes))
      throw new Error(`${response.status}, ${got.length} bytes`);
  };

  const memory = (field: 'VmHWM' | 'VmRSS') => {
    const kb = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(
      readFileSync(`/proc/${engine.pid}/status`, 'utf8'),
    )?.[1];
    return Number(kb) / 1024;
  };
  const cases: [string, (round: number) => Promise<void>][] = [
    ['sent in a form, plain', () => sendForm(personal)],
    ['sent in a form, encrypted', () => sendForm(dedicated)],
    ['sent by its address, plain', () => sendUrl(personal)],
    ['sent by its address, encrypted', () => sendUrl(dedicated)],
    ['received, plain', (round) => get(plainAddresses[round])],
    ['received, encrypted', (round) => get(sealedAddresses[round])],
  ];
  const atRest = memory('VmRSS');
  const peaks: Record<string, Spread> = {};
  const took: Record<string, Spread> = {};
  for (const [name, run] of cases) {
    const [above, times]: number[][] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      writeFileSync(`/proc/${engine.pid}/clear_refs`, '5');
      const begun = performance.now();
      await run(round);
      times?.push(performance.now() - begun);
      above?.push(memory('VmHWM') - atRest);
    }
    peaks[name] = rounded(spreadOf(above ?? []));
    took[name] = rounded(spreadOf(times ?? []));
  }
  const worst = Math.max(...Object.values(peaks).map(({ max }) => max));
  return {
    result: { bytes: FILE_BYTES, rounds: ROUNDS, atRestMib: Math.round(atRest), peaksMib: peaks, ms: took },
    summary: [
      `files of ${FILE_BYTES / 1e6} MB; the engine has ${atRest.toFixed(0)} MiB before the first one`,
      ...Object.entries(peaks).map(
        ([name, peak]) => `${name}: +${shown(peak)} MiB at the peak, ${took[name] && shown(took[name])} ms`,
      ),
      `worst: +${worst} MiB, at most ${MAXIMUM_MIB}; the kernel's figure of the engine's own process`,
    ],
    isGood: worst <= MAXIMUM_MIB,
  };
});
