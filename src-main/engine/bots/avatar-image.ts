import { type DomainError, refuse } from '../../../src-shared/errors.ts';
import { pictureDecoder, pictureFormat } from '../../base/picture-decoder.ts';

/** What is stored and published: a square PNG that holds pixels and nothing else. */
export interface AvatarImage {
  /** Media type. */
  type: string;
  image: Buffer;
}

export const AVATAR_SIDE = 256;
/** As base64 it still fits twice into a stanza (XEP-0084, vcard-temp), which ends at 200 KiB. */
export const AVATAR_BYTES = 64 * 1024;
/** In base64, with what is around it, it still fits into a request. */
export const GIVEN_BYTES = 750 * 1024;
/** A photo of a phone has 12 million; a picture that decodes to more than this is a trap, or a poster. */
export const GIVEN_PIXELS = 4_096 * 4_096;
const DECODING_S = 10;

/** With 256 colours. The first that is small enough is taken; the last always is. */
const SMALLER_SIDES = [AVATAR_SIDE, 192, 128];

/** Pictures are made one after the other: each may need much memory. */
let before: Promise<unknown> = Promise.resolve();

/**
 * Makes a given picture fit to be shown: the first frame, upright, the square in its middle, at most 256 pixels wide,
 * as PNG without anything else that was in the file. What it is is read from its bytes. Refuses what is no picture,
 * is damaged, or too large in bytes or in pixels.
 */
export async function prepareAvatar(given: Buffer): Promise<AvatarImage> {
  if (given.length > GIVEN_BYTES)
    throw refuse('avatar.too-large', { bytes: given.length, limit: GIVEN_BYTES });
  const format = pictureFormat(given);
  if (!format) throw refuse('avatar.format', {});
  return inTurn(async () => {
    const sharp = await pictureDecoder();
    const seen = await sharp(given, { limitInputPixels: false })
      .metadata()
      .catch((error: unknown) => Promise.reject(refusalOf(error)));
    const { width, height } = seen;
    if (seen.format !== format || !width || !height) throw refuse('avatar.broken', {});
    if (width * height > GIVEN_PIXELS) {
      throw refuse('avatar.too-many-pixels', { width, height, limit: GIVEN_PIXELS });
    }
    const side = Math.min(AVATAR_SIDE, width, height);
    const square = await sharp(given, { limitInputPixels: GIVEN_PIXELS, failOn: 'truncated' })
      .timeout({ seconds: DECODING_S })
      .autoOrient()
      .resize(side, side, { fit: 'cover' })
      .toColourspace('srgb')
      .png({ compressionLevel: 9 })
      .toBuffer()
      .catch((error: unknown) => Promise.reject(refusalOf(error)));
    return { type: 'image/png', image: await small(square) };
  });
}

/** Of a PNG (section 11.2.2 of its specification), which each stored picture is. */
export const pngSize = (image: Buffer) => ({
  width: image.readUInt32BE(16),
  height: image.readUInt32BE(20),
});

/** The picture of an SVG of our own. */
export async function rasterized(svg: string): Promise<AvatarImage> {
  return inTurn(async () => {
    const sharp = await pictureDecoder();
    const image = await sharp(Buffer.from(svg))
      .resize(AVATAR_SIDE, AVATAR_SIDE)
      .png({ compressionLevel: 9, palette: true })
      .toBuffer();
    return { type: 'image/png', image };
  });
}

async function small(square: Buffer): Promise<Buffer> {
  if (square.length <= AVATAR_BYTES) return square;
  const sharp = await pictureDecoder();
  for (const side of SMALLER_SIDES) {
    const image = await sharp(square)
      .resize(side, side, { withoutEnlargement: true })
      .png({ compressionLevel: 9, palette: true })
      .toBuffer();
    if (image.length <= AVATAR_BYTES) return image;
  }
  throw new Error('the smallest form of a picture is too large');
}

function inTurn<T>(task: () => Promise<T>): Promise<T> {
  const result = before.then(task, task);
  before = result.catch(() => undefined);
  return result;
}

/** What the decoder says is for programmers. */
function refusalOf(error: unknown): DomainError {
  const isSlow = error instanceof Error && /timeout/i.test(error.message);
  return isSlow ? refuse('avatar.too-slow', {}) : refuse('avatar.broken', {});
}
