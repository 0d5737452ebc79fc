import { createRequire } from 'node:module';
import type * as Protobuf from '@privacyresearch/libsignal-protocol-protobuf-ts';
import type * as Main from '@privacyresearch/libsignal-protocol-typescript';
import type * as Lock from '@privacyresearch/libsignal-protocol-typescript/lib/session-lock.js';
import type * as Records from '@privacyresearch/libsignal-protocol-typescript/lib/session-record.js';
import { type CarefulCipher, carefulCipher } from './careful-cipher.ts';
import { nodeWebCrypto } from './node-crypto.ts';
import { processKeyExchange } from './process-key-exchange.ts';

const PACKAGE = '@privacyresearch/libsignal-protocol-typescript';

export type SessionType = Main.SessionType;
export type SessionRecordType = Records.SessionRecord;

/** What we use of the package, made safe. */
export interface Library {
  SessionBuilder: typeof Main.SessionBuilder;
  SessionCipher: CarefulCipher;
  SessionRecord: typeof Records.SessionRecord;
  SignalProtocolAddress: typeof Main.SignalProtocolAddress;
  ChainType: typeof Main.ChainType;
  BaseKeyType: typeof Main.BaseKeyType;
  WhisperMessage: typeof Protobuf.WhisperMessage;
  PreKeyWhisperMessage: typeof Protobuf.PreKeyWhisperMessage;
  setCurve: typeof Main.setCurve;
  setWebCrypto: typeof Main.setWebCrypto;
}

let loaded: Library | undefined;

/**
 * Loads the package when it is first needed (0.1 s and 14 MB) and repairs what it does to the whole process. It is
 * loaded in one go, not with `import()`, so that nothing else can add a listener between the two looks at them.
 */
export function loadLibrary(): Library {
  loaded ??= withoutNewListeners(load);
  return loaded;
}

function load(): Library {
  const require = createRequire(import.meta.url);
  const main = require(PACKAGE) as typeof Main;
  const records = require(`${PACKAGE}/lib/session-record.js`) as typeof Records;
  const lock = require(`${PACKAGE}/lib/session-lock.js`) as typeof Lock;
  // The same copy that reads the messages inside: two readers of one message could read two things.
  const protobuf = createRequire(require.resolve(PACKAGE))(
    '@privacyresearch/libsignal-protocol-protobuf-ts',
  ) as typeof Protobuf;

  // It keeps a promise per call for ever and is shared by all bots. Ours is the queue of the caller's units.
  lock.SessionLock.queueJobForNumber = (_address, job) => job();
  main.SessionBuilder.prototype.processV3 = processKeyExchange;
  main.setWebCrypto(nodeWebCrypto());

  return {
    SessionBuilder: main.SessionBuilder,
    SessionCipher: carefulCipher(main),
    SessionRecord: records.SessionRecord,
    SignalProtocolAddress: main.SignalProtocolAddress,
    ChainType: main.ChainType,
    BaseKeyType: main.BaseKeyType,
    WhisperMessage: protobuf.WhisperMessage,
    PreKeyWhisperMessage: protobuf.PreKeyWhisperMessage,
    setCurve: main.setCurve,
    setWebCrypto: main.setWebCrypto,
  };
}

const FATAL = ['uncaughtException', 'unhandledRejection'] as const;

/** The package's own curve, compiled from C, ends the process on any stray rejection, whosever it is. */
function withoutNewListeners<T>(run: () => T): T {
  const before = new Map(FATAL.map((event) => [event, new Set<unknown>(process.rawListeners(event))]));
  try {
    return run();
  } finally {
    for (const event of FATAL) {
      for (const listener of process.rawListeners(event)) {
        if (!before.get(event)?.has(listener)) process.off(event, listener as () => void);
      }
    }
  }
}
