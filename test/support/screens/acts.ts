import sharp from 'sharp';
import type { EngineProcess } from '../engine-process.ts';
import { until } from '../until.ts';

export const DOMAIN = 'chat.example.org';
export const ME = `mira@${DOMAIN}`;

export interface Bot {
  id: number;
  name: string;
  jid: string;
  token: string;
}

/** Asks the engine for something; throws where it refuses. */
export async function post<T = Record<string, unknown>>(
  engine: EngineProcess,
  path: string,
  body: unknown,
  token?: string,
): Promise<T> {
  const answer = await engine.call<T>('POST', path, { body, ...(token !== undefined && { token }) });
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** A bot of hers, with a picture where a colour is given. */
export async function makeBot(
  engine: EngineProcess,
  name: string,
  mode: string,
  description: string,
  colour: string | undefined,
): Promise<Bot> {
  const avatar = colour === undefined ? undefined : (await face(colour)).toString('base64');
  const { id, jid, token } = await post<Bot>(engine, '/bot/create', {
    name,
    account: ME,
    mode,
    ...(avatar && { avatar }),
  });
  if (description !== '')
    await engine.call('PUT', `/api/v1/bots/${id}/settings/description`, { body: { value: description } });
  return { id, name, jid, token };
}

/** A picture for a bot: a sun over a hill. */
const face = (colour: string) =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256"><rect width="256" height="256" fill="${colour}"/><circle cx="128" cy="112" r="52" fill="#ffe9a8"/><path d="M0 210 Q70 130 140 190 T256 170 V256 H0Z" fill="#ffffff" opacity=".85"/></svg>`,
    ),
  )
    .png()
    .toBuffer();

/** What was typed in the chat with oneself, each after the answer to the one before. */
export async function self(engine: EngineProcess, texts: readonly string[]): Promise<void> {
  const path = `/api/v1/chats/${encodeURIComponent(ME)}/${encodeURIComponent(ME)}`;
  const count = async () =>
    (await engine.call<{ result: { messages: unknown[] } }>('GET', `${path}/messages`)).body.result.messages
      .length;
  for (const text of texts) {
    const before = await count();
    await write(engine, ME, text);
    if (text.startsWith('/')) await until(`an answer to ${text}`, async () => (await count()) >= before + 2);
  }
}

/** What a person writes in the window. */
export async function write(engine: EngineProcess, to: string, text: string): Promise<void> {
  const path = `/api/v1/chats/${encodeURIComponent(ME)}/${encodeURIComponent(to)}/messages`;
  const { status, body } = await engine.call('POST', path, { body: { text } });
  if (status !== 200) throw new Error(`writing to ${to}: ${status} ${JSON.stringify(body)}`);
}

/** A bot sends her a picture. */
export async function sendPicture(engine: EngineProcess, { token }: Bot): Promise<void> {
  const form = new FormData();
  const picture = await sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="960" height="600"><defs><linearGradient id="s" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#f7b267"/><stop offset="1" stop-color="#f4845f"/></linearGradient></defs><rect width="960" height="600" fill="url(#s)"/><circle cx="690" cy="230" r="90" fill="#fff1c9"/><path d="M0 430 Q200 300 430 410 T960 360 V600 H0Z" fill="#6d597a"/><path d="M0 500 Q300 400 560 490 T960 450 V600 H0Z" fill="#355070"/></svg>`,
    ),
  )
    .jpeg()
    .toBuffer();
  form.set('to', ME);
  form.set('caption', 'The greenhouse this morning');
  form.set('file', new Blob([new Uint8Array(picture)], { type: 'image/jpeg' }), 'greenhouse.jpg');
  const response = await fetch(`http://127.0.0.1:${engine.port}/bot/sendFile`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: form,
  });
  if (response.status !== 200) throw new Error(`sendFile: ${response.status} ${await response.text()}`);
}
