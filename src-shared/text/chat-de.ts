import type { chatEn } from './chat-en.ts';

export const chatDe: Record<keyof typeof chatEn, string> = {
  'chat.notice.undecryptable':
    'Eine Nachricht ließ sich nicht entschlüsseln. Neue Schlüssel werden gerade vereinbart; bitte noch einmal um die Nachricht.',
  'chat.notice.undecryptable.many':
    '{{count}} Nachrichten ließen sich nicht entschlüsseln. Neue Schlüssel werden gerade vereinbart; bitte noch einmal um die Nachrichten.',
  'chat.notice.unreadable':
    'Eine Nachricht ließ sich hier nicht entschlüsseln. Vielleicht zeigen deine anderen Apps sie; sonst bitte noch einmal darum.',
  'chat.notice.unreadable.many':
    '{{count}} Nachrichten ließen sich hier nicht entschlüsseln. Vielleicht zeigen deine anderen Apps sie; sonst bitte noch einmal darum.',
  'chat.notice.no-device':
    'Eine Nachricht ist verschlüsselt, und dieses Konto hat hier kein Gerät, das sie lesen könnte. Schalte die Verschlüsselung für das Konto ein.',
  'chat.notice.no-device.many':
    '{{count}} Nachrichten sind verschlüsselt, und dieses Konto hat hier kein Gerät, das sie lesen könnte. Schalte die Verschlüsselung für das Konto ein.',
  'chat.notice.new-device': 'Hier gibt es ein neues Gerät. Was du schreibst, wird auch dafür verschlüsselt.',
  'chat.notice.new-device.many':
    'Hier gab es {{count}} Mal neue Geräte. Was du schreibst, wird auch dafür verschlüsselt.',
  'chat.notice.trust-changed': 'Ob einem Gerät hier vertraut wird, wurde neu entschieden.',
  'chat.notice.trust-changed.many': 'Ob Geräten hier vertraut wird, wurde {{count}} Mal neu entschieden.',
};
