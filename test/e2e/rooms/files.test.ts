import { describe, expect, it } from 'vitest';
import { xml } from '../../../src-main/gateways/xmpp/element.ts';
import { readOutOfBand } from '../../../src-main/gateways/xmpp/xep-0066-out-of-band.ts';
import { startOmemoPeer } from '../../support/omemo-peer.ts';
import { newRoom } from '../../support/room-bot.ts';
import { OPEN, PRIVATE } from '../../support/room-guest.ts';
import { roomStage } from '../../support/room-stage.ts';
import { lacks } from '../../support/servers/ready.ts';
import { startEjabberd } from '../../support/servers/servers.ts';
import { newAccount } from '../../support/shared-server.ts';
import { until } from '../../support/until.ts';
import { download, fileForm, picture, sealedAt, upload } from '../../support/uploaded.ts';

const isMissing = lacks('server', 'omemo');
const timeout = 150_000;

describe.skipIf(isMissing)('files in rooms of a real ejabberd', { timeout }, () => {
  const stage = roomStage(startEjabberd, isMissing);

  async function sendFile(room: string, bytes: Buffer, caption: string) {
    const { engine, bot } = stage;
    const response = await fetch(`http://127.0.0.1:${engine.port}/bot/sendFile`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bot.token}` },
      body: fileForm({ to: room, type: 'groupchat', caption }, bytes),
    });
    return { status: response.status, body: (await response.json()) as Record<string, string> };
  }

  it('go out and come in, as everybody there may see them', async () => {
    const { program, server } = stage;
    const room = newRoom();
    const host = await stage.guest(room, 'host', OPEN);
    await program.join(room);
    const bytes = picture(200_000);

    const { status, body } = await sendFile(room, bytes, 'Look!');
    const heard = await until('the caption', () => {
      const ofBot = host.heard().filter(({ nick }) => nick === 'Weather');
      return ofBot.length === 2 ? ofBot : undefined;
    });
    await until(
      'the reflection',
      async () => (await program.state(body.message_id ?? '')).state === 'delivered',
    );
    const theirs = await upload(host.client.session, server.caFile, bytes, 'holiday.png');
    await host.client.send(
      xml(
        'message',
        { to: room, type: 'groupchat', id: 'theirs' },
        xml('body', {}, theirs),
        xml('x', { xmlns: 'jabber:x:oob' }, xml('url', {}, theirs)),
      ),
    );
    const { data } = await program.hears('their file', (update) => update.data.body === theirs);

    expect(status).toBe(200);
    const [file, caption] = heard;
    const url = file?.stanza.getChildText('body') ?? '';
    expect(caption?.stanza.getChildText('body')).toBe('Look!');
    expect(file && readOutOfBand(file.stanza)).toEqual([{ url, description: undefined }]);
    expect((await download(server.caFile, url)).bytes.equals(bytes)).toBe(true);
    const [given] = (data as { files?: { name: string; url: string }[] }).files ?? [];
    expect(given?.name).toBe('holiday.png');
    const got = Buffer.from(await (await fetch(given?.url ?? '')).arrayBuffer());
    expect(got.equals(bytes)).toBe(true);
  });

  it('are encrypted in a private room, and not sent where nobody could read them', async () => {
    const { program, server, bot } = stage;
    const room = newRoom('private');
    const host = await stage.guest(room, 'host', PRIVATE);
    const anna = await newAccount(server, 'anna');
    for (const { jid } of [anna, bot]) await host.makes(jid, 'member');
    const peer = await startOmemoPeer({ server, ...anna, mode: 'old' });
    await peer.enterRoom(room, 'anna');
    await program.join(room);
    const bytes = picture(200_000);

    const { status } = await sendFile(room, bytes, 'Nobody else sees this');
    const message = await peer.waitForMessage(
      ({ text, kind }) => kind === 'encrypted' && text?.startsWith('aesgcm://') === true,
    );
    await peer.waitForMessage('Nobody else sees this');

    expect(status).toBe(200);
    const { url, open } = sealedAt(message.text ?? '');
    const stored = await download(server.caFile, url);
    expect(open(stored.bytes).equals(bytes)).toBe(true);
    const wire = host
      .heard()
      .map(({ stanza }) => String(stanza))
      .join();
    expect(wire).toContain('<encrypted');
    expect(wire).not.toMatch(/aesgcm|Nobody else|jabber:x:oob/);

    const deaf = newRoom('deaf');
    const other = await stage.guest(deaf, 'host', PRIVATE);
    await other.makes(bot.jid, 'member');
    await program.join(deaf);
    expect(await sendFile(deaf, bytes, 'anybody?')).toMatchObject({
      status: 409,
      body: { error: 'no_omemo_device' },
    });
    expect(other.heard().filter(({ nick }) => nick === 'Weather')).toEqual([]);
  });
});
