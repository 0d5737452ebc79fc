/** Engines and clients write them with spaces, with others, or with none. */
const bare = (fingerprint: string) => fingerprint.replaceAll(/\s/g, '');

/** A fingerprint in groups of eight, as people compare it. */
export const grouped8 = (fingerprint: string): string => bare(fingerprint).replace(/(.{8})(?=.)/g, '$1 ');

/** What a client scans to trust a device: an address with the key of one device (XEP-0384 and its apps). */
export const scanned = (jid: string, device: number, fingerprint: string): string =>
  `xmpp:${jid}?omemo-sid-${device}=${bare(fingerprint)}`;
