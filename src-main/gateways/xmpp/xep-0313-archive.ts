import { randomUUID } from 'node:crypto';
import type { BareJid } from '../../../src-shared/jid.ts';
import { submitForm } from './data-form.ts';
import { attribute, child, type Element, xml } from './element.ts';
import { pageRequest, readResultSet } from './result-set.ts';
import type { Session } from './session.ts';
import { formatDateTime } from './xep-0082-date-time.ts';
import { isFromBare, readForwarded } from './xep-0297-forwarding.ts';

/** Announced by an account that has an archive (XEP-0313, 9), and by a room that has one. */
export const NS_ARCHIVE = 'urn:xmpp:mam:2';
/** A server may have to look through much. */
const QUERY_TIMEOUT_MS = 60_000;

export interface ArchiveQuery {
  /** The most messages to take. */
  max: number;
  /** Only what came after this archive id. */
  after?: string;
  /** Only what came before this archive id; '' asks for the newest. */
  before?: string;
  /** Only what the archive got from then on, Unix milliseconds. */
  start?: number;
  /** Only what the archive got until then, Unix milliseconds. */
  end?: number;
  /** Only what was exchanged with this address. */
  with?: BareJid;
  /** The room whose archive is asked; without it the account's own. */
  archive?: BareJid;
}

export interface ArchivedMessage {
  archiveId: string;
  stampMs: number;
  message: Element;
}

export interface ArchivePage {
  /** Oldest first. */
  messages: ArchivedMessage[];
  /** Nothing more lies in the direction of the query. */
  isComplete: boolean;
  first: string | undefined;
  /** Where the next page begins. Not always the last of `messages`: one that cannot be read is not among them. */
  last: string | undefined;
  count: number | undefined;
}

type ArchiveSession = Pick<Session, 'jid' | 'request' | 'watchMessages'>;

/**
 * XEP-0313: one page of an archive. A result counts only when it is from the archive asked and carries the id of this
 * query, which nobody else knows (XEP-0313, 4.2 and 8). Rejects as `Session.request` does.
 *
 * The results also pass the message handlers: `isArchiveResult` tells them.
 */
export async function queryArchive(session: ArchiveSession, query: ArchiveQuery): Promise<ArchivePage> {
  const queryId = randomUUID();
  const archive = query.archive ?? session.jid;
  const messages: ArchivedMessage[] = [];
  let isCut = false;
  const stopListening = session.watchMessages((stanza) => {
    if (!isFromBare(stanza, archive, session.jid)) return;
    const found = readResult(stanza, queryId);
    if (found && messages.length < query.max) messages.push(found);
    else if (found) isCut = true;
  });
  try {
    const answer = await session.request(queryStanza(query, queryId), { timeoutMs: QUERY_TIMEOUT_MS });
    const fin = child(answer, 'fin', NS_ARCHIVE);
    const set = fin && readResultSet(fin);
    return {
      messages,
      isComplete: !isCut && fin !== undefined && attribute(fin, 'complete') === 'true',
      first: set?.first,
      last: isCut ? messages.at(-1)?.archiveId : (set?.last ?? messages.at(-1)?.archiveId),
      count: set?.count,
    };
  } finally {
    stopListening();
  }
}

/** The newest entry of the account's archive: where a later look begins. */
export async function newestArchived(
  session: ArchiveSession,
): Promise<{ archiveId: string; stampMs: number } | undefined> {
  const { messages } = await queryArchive(session, { max: 1, before: '' });
  const newest = messages.at(-1);
  return newest && { archiveId: newest.archiveId, stampMs: newest.stampMs };
}

/** Whether a message is one result of some archive query, asked by us or not: never a message of its own. */
export const isArchiveResult = (stanza: Element): boolean =>
  child(stanza, 'result', NS_ARCHIVE) !== undefined;

function queryStanza({ start, end, archive, ...query }: ArchiveQuery, queryId: string): Element {
  const filters = {
    start: start === undefined ? undefined : formatDateTime(start),
    end: end === undefined ? undefined : formatDateTime(end),
    with: query.with,
  };
  return xml(
    'iq',
    { type: 'set', to: archive },
    xml(
      'query',
      { xmlns: NS_ARCHIVE, queryid: queryId },
      submitForm(NS_ARCHIVE, filters),
      pageRequest({ max: query.max, after: query.after, before: query.before }),
    ),
  );
}

function readResult(stanza: Element, queryId: string): ArchivedMessage | undefined {
  const result = child(stanza, 'result', NS_ARCHIVE);
  const archiveId = result && attribute(result, 'id');
  if (!archiveId || attribute(result, 'queryid') !== queryId) return undefined;
  const found = readForwarded(result, 'message');
  if (found?.delayMs === undefined) return undefined;
  return { archiveId, stampMs: found.delayMs, message: found.message };
}
