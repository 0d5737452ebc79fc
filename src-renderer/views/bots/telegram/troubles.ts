import type { TelegramTrouble } from '../../../../src-shared/api/telegram.ts';

/** Which of them go on until somebody does something here or at Telegram; the others may pass. */
const NEED_A_PERSON: readonly TelegramTrouble[] = ['token', 'chat', 'blocked', 'failed'];
export const needsPerson = (kind: TelegramTrouble): boolean => NEED_A_PERSON.includes(kind);
