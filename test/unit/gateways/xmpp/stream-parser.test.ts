import { describe, expect, it } from 'vitest';
import { isDropped } from '../../../../src-main/gateways/xmpp/element.ts';
import { StreamParser } from '../../../../src-main/gateways/xmpp/stream-parser.ts';
import { XmlRefused } from '../../../../src-main/gateways/xmpp/xml-tokenizer.ts';

const HEADER =
  "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' from='x'>";

function parser(options: ConstructorParameters<typeof StreamParser>[1] = {}) {
  const seen: string[] = [];
  const result = new StreamParser(
    {
      start: (header) => seen.push(`start ${header.attrs.from}`),
      element: (element) => seen.push(`${element}${isDropped(element) ? ' dropped' : ''}`),
      end: () => seen.push('end'),
    },
    options,
  );
  return { seen, write: (text: string | Uint8Array) => result.write(Buffer.from(text)), parser: result };
}

function open(options?: ConstructorParameters<typeof StreamParser>[1]) {
  const opened = parser(options);
  opened.write(HEADER);
  opened.seen.length = 0;
  return opened;
}

function refusal(text: string | Uint8Array, options?: ConstructorParameters<typeof StreamParser>[1]) {
  try {
    open(options).write(text);
  } catch (error) {
    return error instanceof XmlRefused ? error.condition : error;
  }
  return undefined;
}

describe('what it reads', () => {
  const text = `${HEADER} <message to="a&lt;b" from='"'><body xml:lang="de">Grüße 🎉 &amp; &#x1F600;&#10;]</body
  ><![CDATA[<&]] >]]]]>x<empty /></message>\n<a:b xmlns:a='n'/></stream:stream>`;
  const expected = [
    'start x',
    '<message to="a&lt;b" from="&quot;"><body xml:lang="de">Grüße 🎉 &amp; 😀\n]</body>&lt;&amp;]] &gt;]]x<empty/></message>',
    '<a:b xmlns:a="n"/>',
    'end',
  ];

  it('is the same in one piece and one byte at a time', () => {
    const whole = parser();
    const bytes = parser();

    whole.write(text);
    for (const byte of Buffer.from(text)) bytes.write(Buffer.of(byte));

    expect(whole.seen).toEqual(expected);
    expect(bytes.seen).toEqual(expected);
  });

  it('is the same wherever it is cut in two', () => {
    const all = Buffer.from(text);
    for (let at = 1; at < all.length; at += 1) {
      const cut = parser();
      cut.write(all.subarray(0, at));
      cut.write(all.subarray(at));
      expect(cut.seen).toEqual(expected);
    }
  });

  it('finds the namespace of a stanza in the stream header', () => {
    const namespaces: (string | undefined)[] = [];
    const stream = new StreamParser({
      start: () => undefined,
      element: (element) => namespaces.push(element.getNS(), element.getChild('x')?.getNS()),
      end: () => undefined,
    });

    stream.write(Buffer.from(`${HEADER}<message><x/></message><features xmlns='other'><x/></features>`));

    expect(namespaces).toEqual(['jabber:client', 'jabber:client', 'other', 'other']);
  });

  it('turns line ends into newlines and keeps an escaped carriage return', () => {
    const { seen, write } = open();
    write('<m a="1\r\n2">a\r\nb\rc&#13;d</m>');
    expect(seen).toEqual(['<m a="1 2">a\nb\nc\rd</m>']);
  });

  it('lets white space through between stanzas', () => {
    const { seen, write } = open();
    write(' \n');
    write('\t<m/> ');
    expect(seen).toEqual(['<m/>']);
  });

  it('takes frames without a header', () => {
    const { seen, parser: framed } = parser({ isFramed: true });
    framed.writeFrame('<message xmlns="jabber:client"><body>x</body></message>');
    expect(seen).toEqual(['<message xmlns="jabber:client"><body>x</body></message>']);
    expect(() => framed.writeFrame('<message>')).toThrow(XmlRefused);
  });
});

describe('what it refuses', () => {
  it.each([
    ['an unknown entity', '<m>&foo;</m>', 'not-well-formed'],
    ['an entity named like a property of objects', '<m>&constructor;</m>', 'not-well-formed'],
    ['an entity without end', '<m>a & b</m>', 'not-well-formed'],
    ['a NUL reference', '<m>&#0;</m>', 'not-well-formed'],
    ['a reference to half a surrogate pair', '<m>&#xD800;</m>', 'not-well-formed'],
    ['a bad entity in an attribute', '<m a="&foo;"/>', 'not-well-formed'],
    ['a raw control character', '<m>\u0001</m>', 'not-well-formed'],
    ['a DOCTYPE', '<!DOCTYPE m [<!ENTITY a "b">]>', 'restricted-xml'],
    ['a comment', '<m><!-- hi --></m>', 'restricted-xml'],
    ['a processing instruction', '<m><?php ?></m>', 'restricted-xml'],
    ['a second XML declaration', "<?xml version='1.0'?>", 'restricted-xml'],
    ['text outside a stanza', 'hello', 'not-well-formed'],
    ['CDATA outside a stanza', '<![CDATA[x]]>', 'not-well-formed'],
    ['tags that do not match', '<a></b>', 'not-well-formed'],
    ['crossing tags', '<a><b></a></b>', 'not-well-formed'],
    ['an attribute without quotes', '<a b=c/>', 'not-well-formed'],
    ['an attribute given twice', '<a b="1" b="2"/>', 'not-well-formed'],
    ['a tag inside a tag', '<a <b>/>', 'not-well-formed'],
    ['a tag without a name', '<>', 'not-well-formed'],
    ['a < in an attribute', '<a b="<"/>', 'not-well-formed'],
    ['bytes that are not UTF-8', Uint8Array.of(0x3c, 0x61, 0x3e, 0xc3, 0x28), 'unsupported-encoding'],
  ])('%s', (_, text, condition) => {
    expect(refusal(text)).toBe(condition);
  });

  it('a stanza beyond its size, complete or not, in text, in a tag or in many small elements', () => {
    const limits = { maxBytes: 1_000, maxDepth: 64 };
    const long = 'x'.repeat(2_000);

    for (const text of [
      `<m>${long}`,
      `<m a="${long}`,
      `<m ${long}`,
      `<m><![CDATA[${long}`,
      `<m>${'<x/>'.repeat(500)}`,
    ]) {
      expect(refusal(text, { limits })).toBe('policy-violation');
    }
    expect(refusal(`<m>${'€'.repeat(400)}</m>`, { limits })).toBe('policy-violation');
    expect(refusal(`<m>${'x'.repeat(900)}</m>`.repeat(5), { limits })).toBeUndefined();
  });

  it('a stanza of many thousand levels, before it is complete', () => {
    expect(refusal('<x>'.repeat(9_000))).toBeUndefined();
    expect(refusal('<x>'.repeat(11_000))).toBe('policy-violation');
  });

  it('everything after a refusal, without throwing again', () => {
    const { seen, write } = open();
    expect(() => write('<m>&foo;</m><n/>')).toThrow(XmlRefused);
    write('<n/>');
    expect(seen).toEqual([]);
  });
});

describe('what anybody can send through a server', () => {
  const deep = (levels: number) => '<x>'.repeat(levels) + '</x>'.repeat(levels);

  it('is dropped where it is too deep, down to its start tag, and the stream goes on', () => {
    const { seen, write } = open();
    for (const levels of [72, 73, 9_000]) write(`<m id="${levels}">${deep(levels - 1)}</m>`);
    write('<m><b/></m>');
    expect(seen).toEqual([
      `<m id="72">${deep(71).replace('<x></x>', '<x/>')}</m>`,
      '<m id="73"/> dropped',
      '<m id="9000"/> dropped',
      '<m><b/></m>',
    ]);
  });

  it('is dropped where it has too many elements', () => {
    const { seen, write } = open({ limits: { maxElements: 3 } });
    write('<m><a/>1<a/></m>'.repeat(2));
    write('<m><a/>1<a/>2<a>3<b/></a></m><m/>');
    expect(seen).toEqual(['<m><a/>1<a/></m>', '<m><a/>1<a/></m>', '<m/> dropped', '<m/>']);
  });

  it('may not close the stanza before its time when it is dropped', () => {
    const { seen, write } = open({ limits: { maxDepth: 2 } });
    write('<m><a><b>');
    write('</m></m>');
    expect(seen).toEqual([]);
    expect(() => write('</a>')).toThrow(XmlRefused);
  });

  it('comes with about what it takes in memory', () => {
    const weights: number[] = [];
    const stream = new StreamParser({
      start: () => undefined,
      element: (_, weightBytes) => weights.push(weightBytes),
      end: () => undefined,
    });
    const filling = 'x'.repeat(1_000);
    stream.write(Buffer.from(`${HEADER}<m/><m>${filling}</m><m>${'<a/>'.repeat(1_000)}</m>`));
    stream.write(Buffer.from(`<m>${filling}${deep(73)}</m>`));
    const [empty = 0, text = 0, elements = 0, dropped = 0] = weights;
    expect(text - empty).toBeGreaterThanOrEqual(1_000);
    expect(elements).toBeGreaterThan(200_000);
    expect(dropped).toBeLessThan(300);
  });
});

describe('when it drops what is oversized', () => {
  const options = { dropsOversized: true, limits: { maxBytes: 1_000, maxDepth: 8 } };

  it('hands over the bare start tag and goes on', () => {
    const { seen, write } = open(options);
    write(
      `<m id="1">${'x'.repeat(2_000)}<b/></m><m id="2">${'<x>'.repeat(9)}${'</x>'.repeat(9)}</m><m id="3"><b/></m>`,
    );
    expect(seen).toEqual(['<m id="1"/> dropped', '<m id="2"/> dropped', '<m id="3"><b/></m>']);
  });

  it('counts bytes alone, neither levels nor elements', () => {
    const { seen, write } = open({ dropsOversized: true });
    for (const stanza of [`<m>${'<x>'.repeat(200_000)}${'</x>'.repeat(200_000)}</m>`, '<m><b/></m>'])
      write(stanza);
    write(`<m>${'<x/>'.repeat(900_000)}</m><m a="${'x'.repeat(2 ** 21)}"/>`);
    expect(seen.map((text) => text.replace(/x+/, ''))).toEqual([
      '<m/> dropped',
      '<m><b/></m>',
      '<m/> dropped',
      '<m a=""/> dropped',
    ]);
  });

  it('still refuses what has no end', () => {
    expect(refusal(`<m>${'x'.repeat(5_000)}`, options)).toBe('policy-violation');
    expect(refusal('<m>'.repeat(2_100), options)).toBe('policy-violation');
    expect(refusal(`<m ${'a'.repeat(5_000)}`, options)).toBe('policy-violation');
  });
});
