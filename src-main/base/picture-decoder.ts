import type { Sharp, SharpOptions } from 'sharp';

/** How the formats begin that are read, and what the decoder calls them. No SVG: it can hold programs and addresses. */
const FORMATS: readonly (readonly [name: string, start: RegExp])[] = [
  ['png', /^\x89PNG\r\n\x1a\n/],
  ['jpeg', /^\xff\xd8\xff/],
  ['gif', /^GIF8[79]a/],
  ['webp', /^RIFF.{4}WEBP/s],
  ['heif', /^.{4}ftypavi[fs]/s],
];

/** Only these read what comes from outside; the last one reads our own drawings. */
const LOADERS = [
  'VipsForeignLoadPngBuffer',
  'VipsForeignLoadJpegBuffer',
  'VipsForeignLoadNsgifBuffer',
  'VipsForeignLoadWebpBuffer',
  'VipsForeignLoadHeifBuffer',
  'VipsForeignLoadSvgBuffer',
];

let loaded: Promise<(input: Buffer, options?: SharpOptions) => Sharp> | undefined;

/** What the decoder calls the format of a picture from outside, by its first bytes; undefined when it is not to be read. */
export function pictureFormat(picture: Uint8Array): string | undefined {
  const head = Buffer.from(picture.subarray(0, 16)).toString('latin1');
  return FORMATS.find(([, start]) => start.test(head))?.[0];
}

/**
 * The one way to the decoder of pictures: what comes from outside has a `pictureFormat`, or is not given to it. Loaded
 * when the first picture comes: a program without pictures does not pay for it.
 */
export function pictureDecoder() {
  loaded ??= import('sharp').then(({ default: sharp }) => {
    sharp.cache(false);
    sharp.concurrency(1);
    // Everything that reads is off but what was tried: decoders of rare formats are where the holes are.
    sharp.block({ operation: ['VipsForeignLoad'] });
    sharp.unblock({ operation: LOADERS });
    return sharp;
  });
  return loaded;
}
