import { expect, it } from 'vitest';
import { silentLogger } from '../../../src-main/base/logger.ts';
import { archiveCatchUp } from '../../../src-main/engine/messages/archive-catch-up.ts';
import { type Element, xml } from '../../../src-main/gateways/xmpp/element.ts';
import { StanzaError } from '../../../src-main/gateways/xmpp/session.ts';
import type { ArchivePosition } from '../../../src-main/store/account-repository.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { until } from '../../support/until.ts';

const NS_ARCHIVE = 'urn:xmpp:mam:2';
type Deps = Parameters<typeof archiveCatchUp>[0];

interface Behaviour {
  /** Ids of the archive's messages, page by page; the server gives them after `after`. */
  pages: string[][];
  /** Gives the first page whatever was asked for. */
  isStuck?: boolean;
  /** What the account says about itself. */
  refusesDisco?: string;
  /** What other engines answered in the last two minutes. */
  answers?: readonly string[];
  /** Messages that are there but cannot be read. */
  unreadable?: readonly string[];
  /** What the account announces beside the archive. */
  features?: readonly string[];
  /** So often there is no archive, or reading it fails. */
  missing?: number;
  failing?: number;
  /** What is in the chat with oneself, as of the last two minutes, besides the answers. */
  lately?: readonly string[];
  /** So often the server says that nothing is behind a position, though something is. */
  denying?: number;
}

function resultOf(id: string, queryid: string, isReadable: boolean, ...more: Element[]): Element {
  const message = isReadable
    ? xml('message', { xmlns: 'jabber:client', id }, xml('body', {}, id), ...more)
    : undefined;
  const delay = xml('delay', { xmlns: 'urn:xmpp:delay', stamp: '2026-01-01T00:00:00Z' });
  const inner = xml('forwarded', { xmlns: 'urn:xmpp:forward:0' }, delay, ...(message ? [message] : []));
  return xml('message', { from: 'you@x.org' }, xml('result', { xmlns: NS_ARCHIVE, id, queryid }, inner));
}

/** A session with an archive, and what the catch-up does with it. */
function catchingUp({
  pages,
  isStuck = false,
  refusesDisco,
  answers = [],
  unreadable = [],
  features = [],
  missing = 0,
  failing = 0,
  lately = [],
  denying = 0,
}: Behaviour) {
  const clock = new ManualClock(0);
  const watchers = new Set<(stanza: Element) => void>();
  const asked: (string | undefined)[] = [];
  const handled: string[] = [];
  /** `ensurePosition` does not ask: there is a position. */
  const left = { missing, failing, denying };
  let releases = 0;
  let position: ArchivePosition = { archiveId: 'begin', atMs: 0 };

  async function request(iq: Element): Promise<Element> {
    const query = iq.getChild('query');
    if (query?.attrs.xmlns !== NS_ARCHIVE) {
      if (refusesDisco) throw new StanzaError(refusesDisco, 'cancel', '');
      return xml(
        'iq',
        {},
        xml(
          'query',
          { xmlns: 'http://jabber.org/protocol/disco#info' },
          ...[...(left.missing-- > 0 ? [] : [NS_ARCHIVE]), ...features].map((feature) =>
            xml('feature', { var: feature }),
          ),
        ),
      );
    }
    const after = query.getChild('set')?.getChildText('after') ?? undefined;
    if (query.toString().includes("var='start'") || query.toString().includes('var="start"')) {
      const mark = () => xml('generated', { xmlns: 'urn:botmother:0', for: 'a name' });
      for (const id of answers) {
        for (const watch of watchers) watch(resultOf(id, query.attrs.queryid, true, mark()));
        for (const watch of watchers) watch(resultOf(`not ${id}`, query.attrs.queryid, true));
      }
      for (const id of lately) for (const watch of watchers) watch(resultOf(id, query.attrs.queryid, true));
      return xml('iq', {}, xml('fin', { xmlns: NS_ARCHIVE, complete: 'true' }));
    }
    asked.push(after);
    if (left.failing-- > 0) throw new StanzaError('internal-server-error', 'wait', '');
    if (asked.length > 50) throw new Error('asked for ever');
    if (left.denying-- > 0) return xml('iq', {}, xml('fin', { xmlns: NS_ARCHIVE, complete: 'true' }));
    const at = isStuck ? 0 : pages.findIndex((page) => page.at(-1) === after) + 1;
    const page = pages[at] ?? [];
    for (const id of page) {
      for (const watch of watchers) watch(resultOf(id, query.attrs.queryid, !unreadable.includes(id)));
    }
    const last = xml('last', {}, page.at(-1) ?? '');
    const isComplete = !isStuck && at >= pages.length - 1;
    const set = xml('set', { xmlns: 'http://jabber.org/protocol/rsm' }, ...(page.length > 0 ? [last] : []));
    return xml('iq', {}, xml('fin', { xmlns: NS_ARCHIVE, ...(isComplete && { complete: 'true' }) }, set));
  }

  const catchUp = archiveCatchUp({
    account: { id: 1, jid: 'you@x.org', createdAt: 0 },
    session: {
      jid: 'you@x.org',
      state: 'online',
      onReady: () => () => undefined,
      watchMessages(watcher: (stanza: Element) => void) {
        watchers.add(watcher);
        return () => watchers.delete(watcher);
      },
      request,
    },
    accounts: {
      archivePosition: async () => position,
      setArchivePosition: async (_tx: unknown, _id: unknown, next: ArchivePosition) => {
        position = next;
      },
    },
    store: { write: (unit: (tx: unknown) => Promise<unknown>) => unit({}) },
    turn: { isActing: true, tell: () => undefined },
    clock,
    logger: silentLogger,
    // The catch-up uses no more than this of its parts.
  } as unknown as Deps);
  catchUp.start();
  catchUp.begin({
    handleArchived: async ({ archiveId }) => void handled.push(archiveId),
    release: async () => {
      releases += 1;
    },
  });
  return {
    asked,
    handled,
    clock,
    catchUp,
    releases: () => releases,
    progress: catchUp.progress,
    position: () => position,
    isReleased: () => until('the release', () => releases === 1),
  };
}

it('goes through all pages and on from where it was', async () => {
  const archive = catchingUp({ pages: [['begin'], ['a', 'b'], ['c']] });
  await archive.isReleased();
  expect(archive.asked).toEqual(['begin', 'b']);
  expect(archive.handled).toEqual(['a', 'b', 'c']);
  expect(archive.position().archiveId).toBe('c');
});

it('takes what other engines have answered before what there is to answer', async () => {
  const archive = catchingUp({ pages: [['begin'], ['a']], answers: ['done'] });
  await archive.isReleased();
  expect(archive.handled).toEqual(['done', 'a']);
});

it('asks again where the server says that nothing is behind what it has just shown more of', async () => {
  const archive = catchingUp({ pages: [['begin'], ['a', 'b']], lately: ['begin', 'a', 'b'], denying: 1 });
  await until('the release', () => {
    archive.clock.advance(20_000);
    return archive.releases() === 1;
  });
  expect(archive.asked).toEqual(['begin', 'begin']);
  expect(archive.handled).toEqual(['a', 'b']);
});

it('does not ask again for what was there before the position', async () => {
  const archive = catchingUp({ pages: [['a', 'begin']], lately: ['a', 'begin'] });
  await archive.isReleased();
  expect(archive.asked).toEqual(['begin']);
  expect(archive.handled).toEqual([]);
});

it('goes on behind a page of which nothing can be read', async () => {
  const archive = catchingUp({ pages: [['begin'], ['a', 'b'], ['c']], unreadable: ['a', 'b'] });
  await archive.isReleased();
  expect(archive.handled).toEqual(['c']);
});

it('ends where the server gives the same page for ever', async () => {
  const archive = catchingUp({ pages: [['a', 'b']], isStuck: true });
  await archive.isReleased();
  expect(archive.asked).toHaveLength(2);
});

it('holds nothing up where the account answers no questions about itself', async () => {
  const archive = catchingUp({ pages: [], refusesDisco: 'service-unavailable' });
  await archive.isReleased();
  expect(archive.asked).toEqual([]);
});

it.each([
  ['follows the ids of a server that keeps others from writing them', ['urn:xmpp:sid:0'], 'live'],
  ['stays where it is at a server where anybody may write them', [], 'a'],
])('the position %s', async (_, features, archiveId) => {
  const archive = catchingUp({ pages: [['begin'], ['a']], features });
  await archive.isReleased();
  archive.progress.reached({ archiveId: 'live', atMs: 1 });
  archive.clock.advance(60_000);
  await new Promise((resolve) => setImmediate(resolve));
  expect(archive.position().archiveId).toBe(archiveId);
});

it('is read later, and holds nothing up, where a server that had an archive offers none at first', async () => {
  const archive = catchingUp({ pages: [['begin'], ['a']], features: ['urn:xmpp:sid:0'], missing: 2 });
  await archive.isReleased();
  expect(archive.handled).toEqual([]);
  archive.progress.reached({ archiveId: 'live', atMs: 1 });

  await until('it to be read', () => {
    archive.clock.advance(60_000);
    return archive.handled.length > 0;
  });

  expect(archive.handled).toEqual(['a']);
  await until('the position', () => archive.position().archiveId === 'a');
});

it('is read later where it could not be read while everything waited', async () => {
  const archive = catchingUp({ pages: [['begin'], ['a']], failing: 5 });
  await until('it to be released', async () => {
    archive.clock.advance(20_000);
    return archive.releases() === 1;
  });
  expect(archive.handled).toEqual([]);

  await until('it to be read', () => {
    archive.clock.advance(60_000);
    return archive.handled.length > 0;
  });
  expect(archive.handled).toEqual(['a']);
});

it('stays behind what has just come: the server may deliver a moment later what it archived before', async () => {
  const archive = catchingUp({ pages: [['begin'], ['a']], features: ['urn:xmpp:sid:0'] });
  await archive.isReleased();
  archive.progress.reached({ archiveId: 'b', atMs: 1 });
  archive.clock.advance(6_000);
  archive.progress.reached({ archiveId: 'c', atMs: 2 });
  await new Promise((resolve) => setImmediate(resolve));
  expect(archive.position().archiveId).toBe('a');

  archive.clock.advance(5_000);
  await until('the first to be noted', () => archive.position().archiveId === 'b');
  await archive.catchUp.close();
  expect(archive.position().archiveId).toBe('b');
});
