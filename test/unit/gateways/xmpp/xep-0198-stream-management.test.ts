import { describe, expect, it } from 'vitest';
import { SessionLost } from '../../../../src-main/gateways/xmpp/session.ts';
import {
  InvalidAck,
  parseH,
  StreamManagement,
} from '../../../../src-main/gateways/xmpp/xep-0198-stream-management.ts';

/** Takes a stanza in and says that it was written. */
function write(management: StreamManagement, text: string): Promise<void> {
  const promise = management.add(text);
  management.wrote(management.unackedCount);
  return promise;
}

describe('what was sent', () => {
  it('settles in order as the server acknowledges', async () => {
    const management = new StreamManagement();
    const settled: number[] = [];
    const sent = [1, 2, 3].map((n) => write(management, `<m id="${n}"/>`).then(() => settled.push(n)));

    management.acknowledge(2);
    await Promise.all(sent.slice(0, 2));

    expect(settled).toEqual([1, 2]);
    expect(management.unackedTexts()).toEqual(['<m id="3"/>']);
    management.acknowledge(2);
    expect(management.unackedCount).toBe(1);
  });

  it.each([1, -1, 1.5, Number.NaN, 2 ** 32])('cannot be acknowledged when it was not: %d', (h) => {
    expect(() => new StreamManagement().acknowledge(h)).toThrow(InvalidAck);
  });

  it('is not unacknowledged again by an older count', () => {
    const management = new StreamManagement();
    void write(management, '<m/>');
    management.acknowledge(1);
    expect(() => management.acknowledge(0)).toThrow(InvalidAck);
  });

  it('counts over the end of 32 bits', async () => {
    const management = new StreamManagement(2 ** 32 - 1);
    const sent = [write(management, '<a/>'), write(management, '<b/>')];

    expect(management.sentCount).toBe(1);
    management.acknowledge(0);
    expect(management.unackedTexts()).toEqual(['<b/>']);
    management.acknowledge(1);

    await expect(Promise.all(sent)).resolves.toBeDefined();
  });

  it('is lost with the session', async () => {
    const management = new StreamManagement();
    management.resumption = { id: 'x', maxMs: undefined };
    const sent = write(management, '<m/>');

    management.abandon('gone');

    await expect(sent).rejects.toThrow(new SessionLost('gone'));
    expect(management.resumption).toBeUndefined();
  });
});

describe('what came', () => {
  it('is handled only up to the first that is not done', () => {
    const management = new StreamManagement();
    const [first, second, third] = [management.arrived(), management.arrived(), management.arrived()];

    second();
    third();
    expect([management.received, management.handled]).toEqual([3, 0]);
    first();
    expect(management.handled).toBe(3);
  });

  it('may be reported done twice', () => {
    const management = new StreamManagement();
    const done = management.arrived();
    management.arrived();
    done();
    done();
    expect(management.handled).toBe(1);
  });

  it('counts over the end of 32 bits', () => {
    const management = new StreamManagement(2 ** 32 - 1);
    management.arrived()();
    expect([management.received, management.handled]).toEqual([0, 0]);
  });

  it('is counted again from the last handled one when the session is resumed', () => {
    const management = new StreamManagement();
    management.arrived()();
    const late = management.arrived();
    management.rewind();
    late();
    expect([management.received, management.handled]).toEqual([1, 1]);
    management.arrived()();
    expect(management.handled).toBe(2);
  });
});

it.each([
  ['0', 0],
  ['4294967295', 4294967295],
  ['', Number.NaN],
  [undefined, Number.NaN],
  ['1e3', Number.NaN],
  ['-1', Number.NaN],
])('reads the h %s', (text, h) => {
  expect(parseH(text)).toBe(h);
});
