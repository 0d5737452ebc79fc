/** What a message is besides text. The words for it are the reader's language; these are the facts. */
export interface TelegramMedia {
  kind: TelegramMediaKind;
  /** Of a file: its name; audio: title; contact: full name; place: its title; poll, list, game: its title. */
  name?: string;
  /** Audio: performer; contact: phone number; place: its address. */
  detail?: string;
  /** Options of a poll, items of a list (`isDone` those that are ticked). */
  items?: readonly { text: string; isDone?: boolean }[];
  /** Sticker: what it stands for; dice: which one. */
  emoji?: string;
  /** Of a dice. */
  value?: number;
  width?: number;
  height?: number;
  durationS?: number;
  sizeBytes?: number;
  latitude?: number;
  longitude?: number;
  /** Shown only to who clicks it. */
  isHidden?: boolean;
  /** Pictures and videos sent together have the same. */
  group?: string;
}

export const TELEGRAM_MEDIA_KINDS = [
  'photo',
  'live-photo',
  'video',
  'video-note',
  'animation',
  'audio',
  'voice',
  'document',
  'sticker',
  'contact',
  'location',
  'live-location',
  'venue',
  'poll',
  'quiz',
  'checklist',
  'dice',
  'game',
  'story',
  'invoice',
  'paid-media',
  'giveaway',
  /** Something newer than this program. */
  'unknown',
] as const;
export type TelegramMediaKind = (typeof TELEGRAM_MEDIA_KINDS)[number];
