import { expect, it } from 'vitest';
import type { MessageKind } from '../../../../src-main/engine/messages/read-message.ts';
import { telegramIntake } from '../../../../src-main/engine/telegram/telegram-intake.ts';
import type { Bot } from '../../../../src-main/store/bot-repository.ts';
import { ManualClock } from '../../../support/manual-clock.ts';

const MINUTE_MS = 60_000;
const BOT = { id: 1, status: 'active' } as Bot;

interface Written {
  kind?: MessageKind | undefined;
  text?: string | undefined;
  isGenerated?: boolean | undefined;
  ageMs?: number | undefined;
}

/** Whether a message of the owner goes to Telegram, so long after it was written. */
function hears({ kind = 'message', text = 'hi', isGenerated = false, ageMs = 0 }: Written) {
  const clock = new ManualClock();
  const setups = { isOn: () => true, isAnyOn: () => true, all: () => new Set([BOT.id]) };
  const heard = { kind, text, isGenerated, sentAt: clock.now() - ageMs };
  return telegramIntake({ setups, clock } as never).hears(heard, { hearers: [BOT], isCommandChat: true });
}

it.each([
  ['what was said just now', {}, true],
  ['what was said a while ago', { ageMs: 10 * MINUTE_MS - 1 }, true],
  ['what was said long ago', { ageMs: 10 * MINUTE_MS }, false],
  ['a correction that comes late', { kind: 'edited_message' as const, ageMs: 60 * MINUTE_MS }, true],
  ['a retraction that comes late', { kind: 'deleted_message' as const, ageMs: 60 * MINUTE_MS }, true],
  ['a retraction of another day', { kind: 'deleted_message' as const, ageMs: 24 * 60 * MINUTE_MS }, false],
  ['a command', { text: ' /ki off' }, false],
  ['what an engine wrote', { isGenerated: true }, false],
])('%s', (_, message, expected) => {
  expect(hears(message)).toBe(expected);
});
