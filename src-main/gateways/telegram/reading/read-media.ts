import { z } from 'zod';
import type { TelegramMedia, TelegramMediaKind } from '../media.ts';
import { oneLine } from './read-chat.ts';

const number = z.number().optional().catch(undefined);
const words = z
  .string()
  .transform((text) => oneLine(text) || undefined)
  .optional()
  .catch(undefined);

/** What files have in common. Nothing of it must be there. */
const File = z.object({
  file_name: words,
  title: words,
  performer: words,
  file_size: number,
  width: number,
  height: number,
  length: number,
  duration: number,
  emoji: words,
});

/** What of a message tells what it is besides text, in the order in which it is looked for. */
const KINDS: readonly (readonly [string, TelegramMediaKind])[] = [
  ['live_photo', 'live-photo'],
  ['photo', 'photo'],
  // An animation is a document too, a venue a location.
  ['animation', 'animation'],
  ['video', 'video'],
  ['video_note', 'video-note'],
  ['voice', 'voice'],
  ['audio', 'audio'],
  ['sticker', 'sticker'],
  ['document', 'document'],
  ['contact', 'contact'],
  ['venue', 'venue'],
  ['location', 'location'],
  ['poll', 'poll'],
  ['checklist', 'checklist'],
  ['dice', 'dice'],
  ['game', 'game'],
  ['story', 'story'],
  ['invoice', 'invoice'],
  ['paid_media', 'paid-media'],
  ['giveaway', 'giveaway'],
];

/** The facts of what a message has besides text; undefined: it has nothing. */
export function readMedia(message: Record<string, unknown>): TelegramMedia | undefined {
  const found = KINDS.find(([member]) => message[member] !== undefined);
  if (!found) return undefined;
  const [member, kind] = found;
  const group = typeof message.media_group_id === 'string' ? message.media_group_id : undefined;
  return compact({
    ...readKind(kind, message[member]),
    isHidden: message.has_media_spoiler === true || undefined,
    group,
  });
}

type Loose = { [Member in keyof TelegramMedia]: TelegramMedia[Member] | undefined };

function readKind(kind: TelegramMediaKind, value: unknown): Loose & { kind: TelegramMediaKind } {
  switch (kind) {
    case 'photo':
    case 'live-photo':
      return { kind, ...sizeOf(largest(kind === 'photo' ? value : photoOf(value))) };
    case 'contact':
      return readContact(value);
    case 'location':
    case 'venue':
      return readPlace(kind, value);
    case 'poll':
      return readPoll(value);
    case 'checklist':
      return readChecklist(value);
    case 'dice': {
      const { emoji, value: points } = z.object({ emoji: words, value: number }).catch({}).parse(value);
      return { kind, emoji, value: points };
    }
    default:
      return readFile(kind, value);
  }
}

/** Whatever is no object has no members. */
const fileOf = (value: unknown) => File.catch({}).parse(value);
const photoOf = (value: unknown) => z.object({ photo: z.unknown() }).catch({ photo: [] }).parse(value).photo;

/** A picture comes in several sizes. */
function largest(sizes: unknown): unknown {
  const all = Array.isArray(sizes) ? sizes.map(fileOf) : [];
  const area = ({ width = 0, height = 0 }: z.infer<typeof File>) => width * height;
  return all.toSorted((a, b) => area(b) - area(a))[0];
}

function sizeOf(value: unknown) {
  const { width, height, file_size: sizeBytes } = fileOf(value);
  return { width, height, sizeBytes };
}

function readFile(kind: TelegramMediaKind, value: unknown) {
  const { file_name, title, performer, length, duration: durationS, emoji } = fileOf(value);
  const { width, height, sizeBytes } = sizeOf(value);
  return {
    kind,
    name: title ?? file_name,
    detail: performer,
    // A video note is a circle.
    width: width ?? length,
    height: height ?? length,
    durationS,
    sizeBytes,
    emoji,
  };
}

function readContact(value: unknown) {
  const Contact = z.object({ first_name: words, last_name: words, phone_number: words });
  const { first_name, last_name, phone_number: detail } = Contact.catch({}).parse(value);
  const name = [first_name, last_name].filter((part) => part !== undefined).join(' ') || undefined;
  return { kind: 'contact', name, detail } as const;
}

const Place = z.object({ latitude: number, longitude: number, live_period: number });

function readPlace(kind: 'location' | 'venue', value: unknown) {
  if (kind === 'location') {
    const { latitude, longitude, live_period } = Place.catch({}).parse(value);
    return { kind: live_period === undefined ? kind : 'live-location', latitude, longitude } as const;
  }
  const Venue = z.object({ title: words, address: words, location: Place.catch({}) });
  const { title, address, location } = Venue.catch({ location: {} }).parse(value);
  const { latitude, longitude } = location;
  return { kind, name: title, detail: address, latitude, longitude } as const;
}

const Texts = z.array(z.object({ text: z.string().transform(oneLine) })).catch([]);

function readPoll(value: unknown) {
  const Poll = z.object({ question: words, type: words, options: Texts });
  const { question, type, options } = Poll.catch({ options: [] }).parse(value);
  return { kind: type === 'quiz' ? 'quiz' : 'poll', name: question, items: options } as const;
}

function readChecklist(value: unknown) {
  const Task = z.object({ text: z.string().transform(oneLine), completion_date: number });
  const List = z.object({ title: words, tasks: z.array(Task).catch([]) });
  const { title, tasks } = List.catch({ tasks: [] }).parse(value);
  const items = tasks.map(({ text, completion_date = 0 }) => ({ text, isDone: completion_date > 0 }));
  return { kind: 'checklist', name: title, items } as const;
}

/** Without what is not there. */
function compact(media: Loose & { kind: TelegramMediaKind }): TelegramMedia {
  const known = Object.entries(media).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as unknown as TelegramMedia;
}
