import { createCipheriv, randomBytes, randomUUID } from 'node:crypto';
import { fdatasyncSync, openSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { type PlainAccount, plainSession } from './plain-client.ts';

/**
 * The least that keeps the promise of `sendMessage`: node:http, one sealed row, group commits, a flush before the answer,
 * one stanza over TLS. No tokens, no limits, no checks, no history, no acknowledgements. What it reaches beside a server
 * on the same processors is what anything could reach there. Arguments: a folder, and the account as JSON.
 */
const [folder = '', account = '{}'] = process.argv.slice(2);

const sqlite = new BetterSqlite3(join(folder, 'least.db'));
sqlite.pragma('journal_mode = WAL');
sqlite.pragma('synchronous = NORMAL');
sqlite.exec('CREATE TABLE outbox (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, stanza BLOB NOT NULL)');
const insert = sqlite.prepare('INSERT INTO outbox (id, stanza) VALUES (?, ?)');
const [begin, commit] = [sqlite.prepare('BEGIN'), sqlite.prepare('COMMIT')];
const log = openSync(join(folder, 'least.db-wal'), 'r+');
const key = randomBytes(32);

const socket = await plainSession(JSON.parse(account) as PlainAccount);
socket.on('data', () => undefined);

interface Asked {
  id: string;
  stanza: string;
  response: ServerResponse;
}

/** Like the engine's: few wait so long for as many as there were lately. */
const GATHER_MS = 1;
let waiting: Asked[] = [];
let usual = 0;
let isPlanned = false;
let gathering: NodeJS.Timeout | undefined;

function store(): void {
  const batch = waiting;
  waiting = [];
  isPlanned = false;
  usual = Math.max(batch.length, usual * 0.75);
  begin.run();
  for (const { id, stanza } of batch) {
    const cipher = createCipheriv('aes-256-gcm', key, randomBytes(12));
    insert.run(id, Buffer.concat([cipher.update(stanza, 'utf8'), cipher.final(), cipher.getAuthTag()]));
  }
  commit.run();
  // In place, as the engine does where the disk is quick.
  fdatasyncSync(log);
  for (const { id, response } of batch) {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ok: true, message_id: id }));
  }
  socket.write(batch.map(({ stanza }) => stanza).join(''));
}

function storeNow(): void {
  clearTimeout(gathering);
  gathering = undefined;
  setImmediate(store);
}

function plan(): void {
  if (gathering && waiting.length >= usual) storeNow();
  if (isPlanned) return;
  isPlanned = true;
  setImmediate(() => {
    if (waiting.length < usual) gathering = setTimeout(storeNow, GATHER_MS);
    else store();
  });
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { to, text } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { to: string; text: string };
    const id = randomUUID();
    const asks = "<request xmlns='urn:xmpp:receipts'/><markable xmlns='urn:xmpp:chat-markers:0'/>";
    const origin = `<origin-id xmlns='urn:xmpp:sid:0' id='${id}'/>`;
    const stanza = `<message to='${to}' id='${id}' type='chat'><body>${text}</body>${asks}${origin}</message>`;
    waiting.push({ id, stanza, response });
    plan();
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}\n`);
});
