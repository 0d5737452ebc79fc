import { randomBytes } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { AVATAR_BYTES, GIVEN_BYTES, prepareAvatar } from '../../../../src-main/engine/bots/avatar-image.ts';
import { drawAvatar } from '../../../../src-main/engine/bots/drawn-avatar.ts';
import type { ErrorCode } from '../../../../src-shared/errors.ts';

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: 'red' } });
const noise = (side: number, channels: 3 | 4) =>
  sharp(randomBytes(side * side * channels), { raw: { width: side, height: side, channels } });
/** `raw` is read back to pixels, so that what is compared is what people see. */
const pixelAt = async (image: Buffer, x: number, y: number) => {
  const { data, info } = await sharp(image).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (y * info.width + x) * info.channels;
  return [...data.subarray(at, at + 3)];
};
const sizeOf = async (image: Buffer) => {
  const { width, height } = await sharp(image).metadata();
  return [width, height];
};

const chunk = (type: string, data: Buffer) => {
  const named = Buffer.concat([Buffer.from(type), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, checksum]);
};
/** A PNG that says it is that large, with hardly anything in it. */
function pngBomb(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const data = deflateSync(Buffer.alloc(4 * 1024 * 1024));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
const refusedWith = (code: ErrorCode) => expect.objectContaining({ code });

describe('a picture that was given', () => {
  it.each(['png', 'jpeg', 'webp', 'gif', 'avif'] as const)(
    'is read from %s and becomes a PNG',
    async (format) => {
      const given = await picture(640, 400).toFormat(format).toBuffer();

      const { type, image } = await prepareAvatar(given);

      expect(type).toBe('image/png');
      expect(await sizeOf(image)).toEqual([256, 256]);
      const [red = 0, green = 255] = await pixelAt(image, 128, 128);
      expect(red).toBeGreaterThan(240);
      expect(green).toBeLessThan(15);
    },
  );

  it('keeps the middle of it, and is not made larger than it is', async () => {
    const middle = await picture(100, 90).png().toBuffer();
    const wide = await sharp({ create: { width: 900, height: 90, channels: 3, background: 'blue' } })
      .composite([{ input: middle, left: 400, top: 0 }])
      .png()
      .toBuffer();

    const { image } = await prepareAvatar(wide);

    expect(await sizeOf(image)).toEqual([90, 90]);
    expect(await pixelAt(image, 45, 45)).toEqual([255, 0, 0]);
  });

  it('takes the first frame of many', async () => {
    const frames = await Promise.all(
      ['lime', 'red'].map((background) =>
        sharp({ create: { width: 300, height: 300, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    const moving = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();

    const { image } = await prepareAvatar(moving);

    expect(await sizeOf(image)).toEqual([256, 256]);
    expect(await pixelAt(image, 10, 10)).toEqual([0, 255, 0]);
  });

  it('loses what was hidden in the file, and stands upright', async () => {
    const secret = 'taken at home';
    const top = await picture(60, 20).png().toBuffer();
    const given = await sharp({ create: { width: 60, height: 60, channels: 3, background: 'blue' } })
      .composite([{ input: top, left: 0, top: 0 }])
      .withExif({ IFD0: { ImageDescription: secret } })
      .withMetadata({ orientation: 3 })
      .jpeg({ quality: 100 })
      .toBuffer();

    const { image } = await prepareAvatar(given);

    const seen = await sharp(image).metadata();
    expect([seen.exif, seen.icc, seen.xmp, seen.orientation]).toEqual(Array(4).fill(undefined));
    expect(image.includes(secret)).toBe(false);
    // Turned by 180 degrees: what was at the top is at the bottom.
    const [red = 0] = await pixelAt(image, 30, 55);
    expect(red).toBeGreaterThan(200);
  });

  it.each([3, 4] as const)(
    'fits into a stanza however little it compresses (%s channels)',
    async (channels) => {
      const { image } = await prepareAvatar(await noise(420, channels).png().toBuffer());

      expect(image.length).toBeLessThanOrEqual(AVATAR_BYTES);
      const [side = 0] = await sizeOf(image);
      expect(side).toBeGreaterThanOrEqual(128);
    },
  );

  it('may be a single pixel', async () => {
    expect(await sizeOf((await prepareAvatar(await picture(1, 1).png().toBuffer())).image)).toEqual([1, 1]);
  });
});

describe('a hostile picture', () => {
  const svg = (inside: string) =>
    Buffer.from(
      `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">${inside}</svg>`,
    );
  const laughs = Buffer.from(
    `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">${[...'bcdefghij']
      .map((name, at) => `<!ENTITY ${name} "${`&${'abcdefghi'[at]};`.repeat(10)}">`)
      .join('')}]><svg xmlns="http://www.w3.org/2000/svg"><text>&j;</text></svg>`,
  );

  it.each([
    ['an SVG', svg('<rect width="9" height="9"/>')],
    ['an SVG of a billion laughs', laughs],
    ['an SVG that reads a file', svg('<image href="file:///etc/passwd" width="9" height="9"/>')],
    ['a text', Buffer.from('hello')],
    ['nothing', Buffer.alloc(0)],
    ['a TIFF', Buffer.from('II*\0abcdefghijklm', 'latin1')],
  ])('that is %s is not tried at all', async (_name, given) => {
    await expect(prepareAvatar(given)).rejects.toEqual(refusedWith('avatar.format'));
  });

  it.each([
    [60_000, 60_000],
    [2 ** 31 - 1, 1],
    [16_385, 1_024],
  ])('of %i x %i pixels is not decoded', async (width, height) => {
    const refused = prepareAvatar(pngBomb(width, height));

    // The decoder itself refuses what no machine can hold.
    await expect(refused).rejects.toMatchObject({
      code: expect.stringMatching(/^avatar\.(too-many-pixels|broken)$/),
    });
  });

  it('says how many pixels are too many', async () => {
    await expect(prepareAvatar(pngBomb(60_000, 60_000))).rejects.toThrow(
      /60000 × 60000 pixels.*Scale it down/,
    );
  });

  it('of 20 MB is refused before it is looked at', async () => {
    const given = Buffer.concat([await picture(9, 9).png().toBuffer(), Buffer.alloc(20 * 1024 * 1024)]);

    await expect(prepareAvatar(given)).rejects.toThrow(`at most ${GIVEN_BYTES} are allowed`);
  });

  it.each(['png', 'jpeg', 'webp', 'gif', 'avif'] as const)(
    'cut off in the middle is refused (%s)',
    async (format) => {
      const whole = await noise(200, 3).toFormat(format).toBuffer();

      for (const part of [whole.subarray(0, whole.length / 2), whole.subarray(0, 24)]) {
        await expect(prepareAvatar(part)).rejects.toEqual(refusedWith('avatar.broken'));
      }
    },
  );

  it('that begins as a PNG and goes on as an SVG is refused', async () => {
    const given = Buffer.concat([
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      svg('<rect width="9" height="9"/>'),
    ]);

    await expect(prepareAvatar(given)).rejects.toEqual(refusedWith('avatar.broken'));
  });

  it('does not stop the next one', async () => {
    const given = [pngBomb(60_000, 60_000), await picture(9, 9).png().toBuffer()];

    const [bad, good] = await Promise.allSettled(given.map(prepareAvatar));

    expect([bad?.status, good?.status]).toEqual(['rejected', 'fulfilled']);
  });
});

describe('a drawn picture', () => {
  it('is the same for the same name, and another for another', async () => {
    const [first, again, other] = await Promise.all(['Weather', 'Weather', 'Wetter'].map(drawAvatar));

    expect(first?.image.equals(again?.image ?? Buffer.alloc(0))).toBe(true);
    expect(first?.image.equals(other?.image ?? Buffer.alloc(0))).toBe(false);
    expect(await sizeOf(first?.image ?? Buffer.alloc(0))).toEqual([256, 256]);
    expect(first?.image.length).toBeLessThan(8 * 1024);
  });

  it('takes any name', async () => {
    for (const name of ['"><script>', '🤖', '&amp;', 'ü'.normalize('NFD')]) {
      await expect(drawAvatar(name)).resolves.toMatchObject({ type: 'image/png' });
    }
  });
});
