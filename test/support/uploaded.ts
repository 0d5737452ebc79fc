import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'undici';
import type { Session } from '../../src-main/gateways/xmpp/session.ts';
import { findUploadService, requestSlot } from '../../src-main/gateways/xmpp/xep-0363-upload.ts';

/** HTTP with a server under test, whose authority nobody else knows. */
const ask = async (caFile: string, url: string, options: Parameters<typeof request>[1] = {}) => {
  const dispatcher = new Agent({ connect: { ca: readFileSync(caFile, 'utf8') } });
  try {
    const { statusCode: status, headers, body } = await request(url, { ...options, dispatcher });
    return { status, headers, bytes: Buffer.from(await body.arrayBuffer()) };
  } finally {
    await dispatcher.close();
  }
};

/** What others get at an address that a bot has sent. */
export const download = (caFile: string, url: string) => ask(caFile, url);

/** Uploads as a chat client does; resolves with the address. */
export async function upload(
  session: Session,
  caFile: string,
  bytes: Buffer,
  name = 'picture.png',
): Promise<string> {
  const service = await findUploadService(session);
  if (!service) throw new Error('there is no upload service');
  const mediaType = 'application/octet-stream';
  const wish = { service: service.jid, filename: name, sizeBytes: bytes.length, mediaType };
  const { putUrl, getUrl, headers } = await requestSlot(session, wish);
  const { status } = await ask(caFile, putUrl, {
    method: 'PUT',
    body: bytes,
    headers: { ...Object.fromEntries(headers), 'content-type': mediaType },
  });
  if (status !== 201) throw new Error(`the upload gave ${status}`);
  return getUrl;
}

/** An encrypted file as clients make it (XEP-0454), by means that are none of the product's. */
export function sealedFile(plain: Buffer) {
  const [iv, key] = [randomBytes(12), randomBytes(32)];
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const stored = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  const secret = Buffer.concat([iv, key]).toString('hex');
  return { stored, addressAt: (url: string) => `${url.replace(/^https/, 'aesgcm')}#${secret}` };
}

/** Where an encrypted file lies, and what opens it. */
export function sealedAt(address: string): { url: string; open: (stored: Buffer) => Buffer } {
  const [, place = '', secret = ''] = /^aesgcm(:\/\/[^#]+)#([0-9a-f]{88})$/.exec(address) ?? [];
  const bytes = Buffer.from(secret, 'hex');
  return {
    url: `https${place}`,
    open(stored) {
      const decipher = createDecipheriv('aes-256-gcm', bytes.subarray(12), bytes.subarray(0, 12));
      decipher.setAuthTag(stored.subarray(-16));
      return Buffer.concat([decipher.update(stored.subarray(0, -16)), decipher.final()]);
    },
  };
}

/** A picture to look at, with so many bytes behind it. */
export const picture = (more = 0) =>
  Buffer.concat([
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
    randomBytes(more),
  ]);

/** A form with a file, as programs send it. */
export function fileForm(fields: Record<string, string>, bytes: Uint8Array, name = 'picture.png'): FormData {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.set(field, value);
  form.set('file', new Blob([Uint8Array.from(bytes)]), name);
  return form;
}
