import { createHash } from 'node:crypto';
import type { BareJid } from '../../../src-shared/jid.ts';
import { attribute, childElements, type Element, isElement, xml } from './element.ts';
import type { Session } from './session.ts';
import type { NodeOptions } from './xep-0060-pubsub.ts';
import { publishPep, readPep } from './xep-0163-pep.ts';

export const NS_AVATAR_DATA = 'urn:xmpp:avatar:data';
export const NS_AVATAR_METADATA = 'urn:xmpp:avatar:metadata';

/** What the metadata say about a picture (XEP-0084, 4.2). The id is the SHA-1 of its bytes, in hexadecimal. */
export interface AvatarInfo {
  id: string;
  sizeBytes: number;
  mediaType: string;
  width: number | undefined;
  height: number | undefined;
}

export interface Avatar {
  bytes: Uint8Array;
  mediaType: string;
  width?: number;
  height?: number;
}

type Requester = Pick<Session, 'request'>;

/** XEP-0084: publishes the picture, then its metadata, which clients follow. Resolves with its id. */
export async function publishAvatar(
  session: Requester,
  { bytes, mediaType, width, height }: Avatar,
  access: NodeOptions['access'] = 'open',
): Promise<string> {
  const id = avatarId(bytes);
  const options = { access, persist: true } as const;
  const data = xml('data', { xmlns: NS_AVATAR_DATA }, Buffer.from(bytes).toString('base64'));
  await publishPep(session, { node: NS_AVATAR_DATA, id, payload: data, options });
  const info = xml('info', {
    id,
    bytes: String(bytes.length),
    type: mediaType,
    width: width === undefined ? undefined : String(width),
    height: height === undefined ? undefined : String(height),
  });
  const metadata = xml('metadata', { xmlns: NS_AVATAR_METADATA }, info);
  await publishPep(session, { node: NS_AVATAR_METADATA, id, payload: metadata, options });
  return id;
}

/** Shows no picture any more: empty metadata (XEP-0084, 3.2.4). */
export async function removeAvatar(
  session: Requester,
  access: NodeOptions['access'] = 'open',
): Promise<void> {
  const payload = xml('metadata', { xmlns: NS_AVATAR_METADATA });
  await publishPep(session, { node: NS_AVATAR_METADATA, payload, options: { access, persist: true } });
}

/** The picture of an account; undefined where there is none, or its bytes are not those of its id. */
export async function readAvatar(
  session: Requester,
  { owner }: { owner?: BareJid } = {},
): Promise<(AvatarInfo & { bytes: Uint8Array }) | undefined> {
  const of = owner === undefined ? {} : { owner };
  const [latest] = await readPep(session, { ...of, node: NS_AVATAR_METADATA, max: 1 });
  const info = latest?.payload && readAvatarInfo(latest.payload);
  if (!info) return undefined;
  const [item] = await readPep(session, { ...of, node: NS_AVATAR_DATA, ids: [info.id] });
  const data = item?.payload;
  if (!data || !isElement(data, 'data', NS_AVATAR_DATA)) return undefined;
  const bytes = Uint8Array.from(Buffer.from(data.getText(), 'base64'));
  return avatarId(bytes) === info.id ? { ...info, bytes } : undefined;
}

/** The picture in metadata that is published itself, not only at some address; undefined where there is none. */
export function readAvatarInfo(metadata: Element): AvatarInfo | undefined {
  if (!isElement(metadata, 'metadata', NS_AVATAR_METADATA)) return undefined;
  for (const info of childElements(metadata)) {
    const id = attribute(info, 'id')?.toLowerCase() ?? '';
    const sizeBytes = wholeNumber(attribute(info, 'bytes'));
    const mediaType = attribute(info, 'type');
    if (!isElement(info, 'info', NS_AVATAR_METADATA) || attribute(info, 'url') !== undefined) continue;
    if (!/^[0-9a-f]{40}$/.test(id) || sizeBytes === undefined || !mediaType) continue;
    const [width, height] = [wholeNumber(attribute(info, 'width')), wholeNumber(attribute(info, 'height'))];
    return { id, sizeBytes, mediaType, width, height };
  }
  return undefined;
}

export const avatarId = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex');

const wholeNumber = (text: string | undefined) =>
  text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
