import { type Element, parse } from 'ltx';

/** A ratchet message of version 0.3 in form, with nothing true in it: version, ratchet key, n, pn, ciphertext, MAC. */
const MADE_UP_KEY = Buffer.concat([
  Buffer.from([0x33, 0x0a, 33, 5]),
  Buffer.alloc(32, 9),
  Buffer.from([0x10, 0, 0x18, 0, 0x22, 16]),
  Buffer.alloc(16 + 8),
]).toString('base64');

/** A message as from that device of the sender, which nobody can decrypt. */
export const madeUp = (to: string, id: string, sid: number, rid: number): Element =>
  parse(
    `<message to='${to}' type='chat' id='${id}'><encrypted xmlns='eu.siacs.conversations.axolotl'><header sid='${sid}'><key rid='${rid}'>${MADE_UP_KEY}</key><iv>AAAAAAAAAAAAAAAA</iv></header><payload>AAAA</payload></encrypted><store xmlns='urn:xmpp:hints'/></message>`,
  );
