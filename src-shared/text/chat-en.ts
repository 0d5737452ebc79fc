/** What the engine says about a conversation in the window. */
export const chatEn = {
  'chat.notice.undecryptable':
    'A message could not be decrypted. New keys are being agreed on; ask for the message again.',
  'chat.notice.undecryptable.many':
    '{{count}} messages could not be decrypted. New keys are being agreed on; ask for the messages again.',
  'chat.notice.unreadable':
    'A message could not be decrypted here. Your other apps may be able to show it; else ask for it again.',
  'chat.notice.unreadable.many':
    '{{count}} messages could not be decrypted here. Your other apps may be able to show them; else ask for them again.',
  'chat.notice.no-device':
    'A message is encrypted, and this account has no device here that could read it. Turn encryption on for the account.',
  'chat.notice.no-device.many':
    '{{count}} messages are encrypted, and this account has no device here that could read them. Turn encryption on for the account.',
  'chat.notice.new-device': 'There is a new device here. What you write is encrypted for it, too.',
  'chat.notice.new-device.many':
    'There were new devices here {{count}} times. What you write is encrypted for them, too.',
  'chat.notice.trust-changed': 'Somebody decided anew whether a device here is trusted.',
  'chat.notice.trust-changed.many': 'Somebody decided anew {{count}} times whether devices here are trusted.',
} as const;
