import { describe, expect, it } from 'vitest';
import { cleanFileName, nameAndType, nameInUrl } from '../../../src-main/base/file-name.ts';
import { mediaTypeOf, TEXT_TYPE, UNKNOWN_TYPE } from '../../../src-main/base/media-type.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const PNG = bytes('\x89PNG\r\n\x1a\n....');
const JPEG = bytes('\xff\xd8\xff\xe0....');
const ZIP = bytes('PK\x03\x04....');
const TEXT = Buffer.from('Guten Tag, <b>hello</b>\n');

describe('the type of a file', () => {
  it.each([
    [PNG, '', 'image/png'],
    [JPEG, 'picture.png', 'image/jpeg'],
    [bytes('RIFF....WEBPVP8 '), '', 'image/webp'],
    [bytes('RIFF....WAVEfmt '), '', 'audio/wav'],
    [bytes('\0\0\0\x1cftypavif'), '', 'image/avif'],
    [bytes('\0\0\0\x20ftypisom'), '', 'video/mp4'],
    [bytes('OggS'.padEnd(28, '\0').concat('OpusHead')), '', 'audio/ogg'],
    [bytes('%PDF-1.7\n\xe2\xe3'), 'page.html', 'application/pdf'],
    [ZIP, 'a.zip', 'application/zip'],
    [ZIP, 'letter.odt', 'application/vnd.oasis.opendocument.text'],
    [ZIP, 'picture.png', 'application/zip'],
    [TEXT, 'page.html', TEXT_TYPE],
    [TEXT, 'picture.svg', TEXT_TYPE],
    [TEXT, 'table.csv', 'text/csv; charset=utf-8'],
    [Buffer.from('ü'.repeat(4_000)).subarray(0, 4_095), '', TEXT_TYPE],
    [bytes('MZ\x90\0\x03\0'), 'picture.png', UNKNOWN_TYPE],
    [bytes('\xff\xfe\xfd text'), 'note.txt', UNKNOWN_TYPE],
    [Buffer.alloc(0), '', UNKNOWN_TYPE],
  ])('is told by what is in it: %j called %j is %s', (head, name, type) => {
    expect(mediaTypeOf(head, name)).toBe(type);
  });
});

describe('the name of a file', () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Windows\\system32\\x.dll', 'x.dll'],
    ['.bashrc', 'bashrc'],
    ['  . ', ''],
    ['a\u202egnp.exe', 'a_gnp.exe'],
    ['a\0b\r\nX: y.txt', 'a_b_X_ y.txt'],
    ['what? "this" <is>|it*.txt', 'what_ _this_ _is_it_.txt'],
    ['CON.txt', '_CON.txt'],
    ['wüste 🎂.png', 'wüste 🎂.png'],
    ['\ud800.png', '\ufffd.png'],
    [`${'🎂'.repeat(200)}.png`, expect.stringMatching(/^.{100,116}\.png$/)],
  ])('is made safe: %j becomes %j', (name, clean) => {
    const found = cleanFileName(name);

    expect(found).toEqual(clean);
    expect(found.length).toBeLessThanOrEqual(120);
    expect(found.isWellFormed()).toBe(true);
  });

  it.each([
    ['https://x.example/a/b%20c.png?d=1#e', 'b c.png'],
    ['https://x.example/a/..%2f..%2fetc%2fpasswd', 'passwd'],
    ['https://x.example/%zz', '%zz'],
    ['https://x.example/', ''],
  ])('in %s is %j', (url, name) => {
    expect(nameInUrl(url)).toBe(name);
  });

  it('gets an ending that fits, and keeps one that may', () => {
    expect(nameAndType([undefined, ''], PNG)).toEqual({ name: 'file.png', type: 'image/png' });
    expect(nameAndType(['photo.png'], JPEG)).toEqual({ name: 'photo.png.jpg', type: 'image/jpeg' });
    expect(nameAndType(['page.html'], JPEG).name).toBe('page.html.jpg');
    expect(nameAndType(['photo.jpeg'], JPEG).name).toBe('photo.jpeg');
    expect(nameAndType(['script.py'], TEXT)).toEqual({ name: 'script.py', type: TEXT_TYPE });
    expect(nameAndType(['map.kmz'], ZIP).name).toBe('map.kmz');
    expect(nameAndType(['notes'], TEXT).name).toBe('notes.txt');
    expect(nameAndType(['', 'x'], bytes('\0\x01'))).toEqual({ name: 'x', type: UNKNOWN_TYPE });
  });
});
