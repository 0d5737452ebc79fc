import { describe, expect, it } from 'vitest';
import { SESSION_MS, SESSIONS_AT_ONCE } from '../../../../src-main/gateways/xmpp/ad-hoc-sessions.ts';
import {
  type AdHocOffer,
  type AdHocStep,
  NS_COMMANDS,
  offerAdHoc,
} from '../../../../src-main/gateways/xmpp/xep-0050-ad-hoc.ts';
import { adHocClient, commandXml, conditionsOf, readShown } from '../../../support/ad-hoc-client.ts';
import { ManualClock } from '../../../support/manual-clock.ts';
import { SessionBench } from '../../../support/xmpp-session.ts';

const ITEMS = 'http://jabber.org/protocol/disco#items';
const INFO = 'http://jabber.org/protocol/disco#info';

const stage = (name: string, hasPrevious: boolean, isLast: boolean): AdHocStep => {
  const fields = [{ name, type: 'text-single', label: name, isRequired: true } as const];
  return { ask: { form: { title: 'T', instructions: 'one\ntwo', fields }, hasPrevious, isLast } };
};
const said = (text: string): AdHocStep => ({ note: { type: 'info', text } });

/** `plain` is over at once; `staged` has two forms; `stuck` waits until it is let go. */
function offer(): AdHocOffer & { letGo: () => void } {
  const { promise, resolve } = Promise.withResolvers<AdHocStep>();
  return {
    letGo: () => resolve(said('let go')),
    nodes: ['plain', 'staged', 'stuck'],
    speaking: async (asked) => ({
      language: asked ?? 'en',
      nameOf: (node) => `${node} in ${asked ?? 'en'}`,
      open: (node) => {
        let first = '';
        const words = (values: ReadonlyMap<string, readonly string[]>) => [...values.values()].flat().join();
        return {
          begin: async (values) => {
            if (node === 'plain') return said(`done ${values ? words(values) : ''}`);
            return stage('one', false, node === 'stuck');
          },
          submit: async (values) => {
            if (node === 'stuck') return promise;
            if (first !== '') return said(`${first} and ${words(values)}`);
            first = words(values);
            return stage('two', true, true);
          },
          back: async () => {
            first = '';
            return stage('one', false, false);
          },
        };
      },
    }),
  };
}

async function start() {
  const bench = await SessionBench.start();
  const { session, stream } = await bench.online();
  const clock = new ManualClock();
  const commands = offer();
  const scope = offerAdHoc(session, commands, { clock });
  return { ...adHocClient(stream), bench, clock, commands, scope, session };
}

describe('a list of commands', () => {
  it('is shown to the own clients, each command with its name in the language asked for', async () => {
    const { ask, bench } = await start();
    await using _ = bench;

    const list = await ask('get', `<query xmlns='${ITEMS}' node='${NS_COMMANDS}'/>`);
    const items = list.getChild('query')?.getChildren('item') ?? [];
    expect(items.map(({ attrs }) => attrs)).toEqual(
      ['plain', 'staged', 'stuck'].map((node) => ({
        jid: 'bot@localhost/engine',
        node,
        name: `${node} in en`,
      })),
    );

    const info = await ask('get', `<query xmlns='${INFO}' node='staged'/>`);
    expect(info.getChild('query')?.getChild('identity')?.attrs).toEqual({
      category: 'automation',
      type: 'command-node',
      name: 'staged in en',
    });
    const ours = await ask('get', `<query xmlns='${INFO}'/>`);
    const features = ours
      .getChild('query')
      ?.getChildren('feature')
      .map(({ attrs }) => attrs.var);
    expect(features).toContain(NS_COMMANDS);
    expect(conditionsOf(await ask('get', `<query xmlns='${ITEMS}' node='other'/>`))).toEqual([
      'item-not-found',
    ]);
  });

  it('is forbidden to everybody else, and so is running one', async () => {
    const { ask, refused, bench } = await start();
    await using _ = bench;

    for (const stranger of ['evil@localhost/x', 'bot@elsewhere/x', 'localhost', 'evil@localhost', '']) {
      const list = await ask('get', `<query xmlns='${ITEMS}' node='${NS_COMMANDS}'/>`, stranger);
      const info = await ask('get', `<query xmlns='${INFO}' node='plain'/>`, stranger);
      const ran = await refused({ node: 'plain', action: 'execute' }, stranger);
      expect([stranger, conditionsOf(list), conditionsOf(info), ran]).toEqual([
        stranger,
        ['forbidden'],
        ['forbidden'],
        ['forbidden'],
      ]);
    }
  });

  it('ends with its scope', async () => {
    const { ask, refused, bench, scope } = await start();
    await using _ = bench;
    await scope.close();

    expect(await refused({ node: 'plain' })).toEqual(['service-unavailable']);
    expect(conditionsOf(await ask('get', `<query xmlns='${ITEMS}' node='${NS_COMMANDS}'/>`))).toEqual([
      'item-not-found',
    ]);
  });
});

describe('a command', () => {
  it('that needs nothing is over at once, also with a form sent along', async () => {
    const { run, bench } = await start();
    await using _ = bench;

    expect(await run({ node: 'plain', action: 'execute' })).toMatchObject({
      status: 'completed',
      note: 'done ',
      noteType: 'info',
      actions: [],
      language: 'en',
    });
    expect(await run({ node: 'plain', values: { a: 'x' }, more: "xml:lang='de'" })).toMatchObject({
      status: 'completed',
      note: 'done x',
      language: 'de',
    });
  });

  it('goes forward, back and to its end, with one id', async () => {
    const { run, refused, bench } = await start();
    await using _ = bench;
    const node = 'staged';

    const first = await run({ node });
    expect(first).toMatchObject({ status: 'executing', actions: ['next'], forward: 'next' });
    expect(first.instructions).toBe('one\ntwo');
    expect(Object.keys(first.fields)).toEqual(['one']);
    const sessionid = first.id;
    const second = await run({ node, sessionid, action: 'next', values: { one: 'A' } });
    expect(second).toMatchObject({ id: sessionid, actions: ['prev', 'complete'], forward: 'complete' });
    expect(await run({ node, sessionid, action: 'prev' })).toMatchObject({ actions: ['next'] });
    await run({ node, sessionid, action: 'execute', values: { one: 'B' } });
    expect(await run({ node, sessionid, action: 'complete', values: { two: 'C' } })).toMatchObject({
      status: 'completed',
      id: sessionid,
      note: 'B and C',
    });
    expect(await refused({ node, sessionid, action: 'prev' })).toEqual(['bad-request', 'bad-sessionid']);
  });

  it('can be cancelled', async () => {
    const { run, refused, bench } = await start();
    await using _ = bench;
    const { id: sessionid } = await run({ node: 'staged' });

    expect(await run({ node: 'staged', sessionid, action: 'cancel' })).toMatchObject({
      status: 'canceled',
      id: sessionid,
    });
    expect(await refused({ node: 'staged', sessionid, action: 'cancel' })).toEqual([
      'bad-request',
      'bad-sessionid',
    ]);
  });

  it('refuses what does not fit, and goes on after that', async () => {
    const { run, refused, ask, bench } = await start();
    await using _ = bench;
    const node = 'staged';
    const { id: sessionid } = await run({ node });

    expect(await refused({ node: 'unknown' })).toEqual(['item-not-found']);
    expect(await refused({ node, action: 'explode' })).toEqual(['bad-request', 'malformed-action']);
    expect(await refused({ node, action: 'next' })).toEqual(['bad-request', 'bad-sessionid']);
    expect(await refused({ node, sessionid: 'made-up' })).toEqual(['bad-request', 'bad-sessionid']);
    expect(await refused({ node: 'plain', sessionid })).toEqual(['bad-request', 'bad-sessionid']);
    expect(await refused({ node, sessionid }, 'bot@localhost/other')).toEqual([
      'bad-request',
      'bad-sessionid',
    ]);
    expect(await refused({ node, sessionid, action: 'prev' })).toEqual(['bad-request', 'bad-action']);
    expect(await refused({ node, sessionid, action: 'complete', values: {} })).toEqual([
      'bad-request',
      'bad-action',
    ]);
    expect(await refused({ node, sessionid, action: 'next' })).toEqual(['bad-request', 'bad-payload']);
    expect(conditionsOf(await ask('get', `<command xmlns='${NS_COMMANDS}' node='plain'/>`))).toEqual([
      'feature-not-implemented',
    ]);
    expect(await run({ node, sessionid, values: { one: 'A' } })).toMatchObject({ status: 'executing' });
  });

  it('expires after ten minutes without a word, and only then', async () => {
    const { run, refused, clock, bench } = await start();
    await using _ = bench;
    const node = 'staged';
    const { id: sessionid } = await run({ node });
    clock.advance(SESSION_MS - 1);
    await run({ node, sessionid, values: { one: 'A' } });
    clock.advance(SESSION_MS - 1);
    await run({ node, sessionid, action: 'prev' });
    clock.advance(SESSION_MS);

    expect(await refused({ node, sessionid, values: { one: 'A' } })).toEqual([
      'not-allowed',
      'session-expired',
    ]);
  });

  it('makes room for new ones by ending the oldest', async () => {
    const { run, refused, bench } = await start();
    await using _ = bench;
    const node = 'staged';
    const oldest = await run({ node });
    const next = await run({ node });
    for (let i = 0; i < SESSIONS_AT_ONCE - 1; i += 1) await run({ node });

    expect(await refused({ node, sessionid: oldest.id })).toEqual(['not-allowed', 'session-expired']);
    expect(await run({ node, sessionid: next.id, values: { one: 'A' } })).toMatchObject({
      status: 'executing',
    });
  });

  it('takes one step at a time', async () => {
    const { send, answerTo, refused, run, commands, bench } = await start();
    await using _ = bench;
    const node = 'stuck';
    const { id: sessionid } = await run({ node });
    const slow = send('set', commandXml({ node, sessionid, values: {} }));

    expect(await refused({ node, sessionid, values: {} })).toEqual(['resource-constraint']);
    // It would be told that nothing happened, while it does.
    expect(await refused({ node, sessionid, action: 'cancel' })).toEqual(['resource-constraint']);
    commands.letGo();
    expect(readShown(await answerTo(slow))).toMatchObject({ status: 'completed', note: 'let go' });
  });
});
