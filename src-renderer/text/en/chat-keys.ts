import { count } from '../words.ts';

/** Encryption and what is known of somebody. */
export const chatKeys = {
  lock: {
    words: {
      on: 'Encrypted from end to end',
      off: 'Not encrypted',
      impossible: 'Cannot be encrypted',
    },
    newKey: 'New key',
    devices: (n: number) => count(n, 'device', 'devices'),
    off: 'Not encrypted',
    impossible: 'Cannot encrypt',
  },
  panel: {
    label: (name: string) => `About the conversation with ${name}`,
    encryption: 'Encryption',
    info: 'Info',
    address: 'Address',
    kind: 'Kind',
    kinds: {
      self: 'Your own account, with Botmother',
      bot: 'Bot with an account of its own',
      contact: 'Person',
      room: 'Room',
    },
    about: 'About',
    through: 'You write as',
    notify: 'Notify about new messages',
    openBot: 'Open in Bots',
  },
  encryption: {
    titles: {
      on: 'End-to-end encrypted',
      off: 'Not encrypted',
      impossible: 'Nothing can be sent just now',
    },
    onBot: 'Only your devices and this bot can read the chat.',
    onSelf: 'Only your own devices can read this chat.',
    onOther: (name: string) => `Only your devices and those of ${name} can read the chat.`,
    off: (name: string) =>
      `Your server and theirs can read what you write. It is encrypted as soon as ${name} writes encrypted.`,
    offSelf:
      'Your server can read this chat. Allow Botmother a device of its own in the settings of the account to encrypt it.',
    offRoom: 'The servers of this room can read what is written here.',
    impossible: 'This conversation is encrypted, and what you write could not be.',
    devicesOf: (name: string) => `Devices of ${name}`,
    members: (n: number) => (n === 1 ? 'One other member' : `${n} other members`),
    memberWithout: 'No device is known: what you write here cannot be read there.',
    yourDevices: 'Your devices',
    noOwn: 'This account has no device of its own here.',
    here: 'This computer',
    thisOne: 'This one',
    number: (device: number) => `Device ${device}`,
    gone: 'no longer listed',
    firstSeen: (when: string) => `new, ${when}`,
    lastSeen: (when: string) => `seen ${when}`,
    trust: { trusted: 'Trusted', new: 'New key', distrusted: 'Not trusted' },
    approve: 'Approve',
    trustAgain: 'Trust again',
    distrust: 'Do not trust',
    distrustTitle: 'No longer trust this device?',
    distrustBody: (name: string) =>
      `${name} gets nothing any more that is written from here, and its commands are refused. You can trust it again at any time.`,
    noKey: 'Its key was not seen yet.',
    showQr: 'Show QR code',
    hideQr: 'Hide QR code',
    qr: (name: string) => `QR code of the key of ${name}`,
    fingerprint: 'fingerprint',
    what: 'What the lock means',
    meaning: [
      'With the lock closed, a message is encrypted on your device and decrypted on theirs. Servers in between see that something was sent, not what.',
      'Each device has a key of its own. Compare its fingerprint with what the device itself shows, or scan the code with the other client, to be sure whose it is.',
      'A new device of yours can chat at once. Its commands wait until you approve it.',
    ],
  },
} as const;
