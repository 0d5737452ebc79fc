import { beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../../src-main/base/logger.ts';
import { xml } from '../../../../src-main/gateways/xmpp/element.ts';
import { MessageIntake } from '../../../../src-main/gateways/xmpp/message-intake.ts';

const message = (id: string) => xml('message', { id });
const settled = () => new Promise((resolve) => setImmediate(resolve));

let intake: MessageIntake;
let done: string[];
let rejections: unknown[];
const take = (id: string) => intake.take(message(id), () => done.push(id));

beforeEach(() => {
  done = [];
  rejections = [];
  intake = new MessageIntake(silentLogger, (error) => rejections.push(error));
});

describe('a handler', () => {
  it('gets what came before it, and a message is done when every handler is', async () => {
    take('1');
    const { promise, resolve } = Promise.withResolvers<void>();
    const seen: string[] = [];
    intake.handle(async ({ attrs }) => void seen.push(String(attrs.id)));
    intake.handle(() => promise);
    take('2');
    await settled();
    expect([seen, done]).toEqual([['1', '2'], ['1']]);

    resolve();
    await settled();
    expect(done).toEqual(['1', '2']);
  });

  it('that rejects stops everything until the stream is another', async () => {
    let isBroken = true;
    intake.handle(async () => {
      if (isBroken) throw new Error('disk full');
    });
    take('1');
    await settled();
    take('2');
    await settled();
    expect([done, rejections.length]).toEqual([[], 1]);

    isBroken = false;
    intake.clear();
    take('1');
    await settled();
    expect(done).toEqual(['1']);
  });
});

describe('a watcher', () => {
  it('sees each message once and claims none', async () => {
    const seen: string[] = [];
    const stop = intake.watch(({ attrs }) => void seen.push(String(attrs.id)));
    take('1');
    await settled();
    expect([seen, done]).toEqual([['1'], []]);

    intake.handle(async () => undefined);
    await settled();
    stop();
    take('2');
    await settled();
    expect([seen, done]).toEqual([['1'], ['1', '2']]);
  });

  it('that throws changes nothing', async () => {
    intake.watch(() => {
      throw new Error('careless');
    });
    intake.handle(async () => undefined);
    take('1');
    await settled();
    expect([done, rejections]).toEqual([['1'], []]);
  });
});
