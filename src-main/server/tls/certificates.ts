import { createPrivateKey, X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, isAbsolute, join } from 'node:path';
import type { ApiCertificate } from '../../../src-shared/api/status.ts';
import { DomainError, refuse } from '../../../src-shared/errors.ts';
import { asRefusal } from '../../store/storage-refusal.ts';
import { machineNames } from './machine-names.ts';
import { holdsKey, outOfTime, type PemPair, readCertificate, readKey, readOwnPair } from './own-pair.ts';
import { type NamedFile, readPemFile } from './read-pem-file.ts';
import { isGoodFor, makeSelfSigned, namesOf } from './self-signed.ts';

/** What the settings `api_tls_cert` and `api_tls_key` name. */
export interface PairFiles {
  cert: string;
  key: string;
}

/** A certificate that the API can be served with. */
export interface LoadedCertificate extends PemPair {
  leaf: X509Certificate;
  isSelfMade: boolean;
  /** What is not right about it although it can be used. */
  warning: DomainError | undefined;
}

interface CertificatesDeps {
  /** Where the self-made one is kept, and what names without a path mean. */
  dir: string;
  now: () => number;
  names?: typeof machineNames;
}

/** The certificate of the API: a person's own pair, or one that is made here and made again in time. */
export function certificates({ dir, now, names = machineNames }: CertificatesDeps) {
  const selfMade = { cert: join(dir, 'server.crt'), key: join(dir, 'server.key') };
  const named = (setting: string, file: string): NamedFile | undefined =>
    file === ''
      ? undefined
      : { path: isAbsolute(file) ? file : join(dir, file), name: `${setting} (${basename(file)})` };
  const plain = (path: string): NamedFile => ({ path, name: basename(path) });
  // One after the other, so that two that need one do not both make it.
  let line: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const done = line.then(task);
    line = done.catch(() => undefined);
    return done;
  };

  /** The self-made one in the folder, if it is sound. */
  async function kept(): Promise<LoadedCertificate | undefined> {
    try {
      const [cert, key] = [await readPemFile(plain(selfMade.cert)), await readPemFile(plain(selfMade.key))];
      const leaf = new X509Certificate(cert);
      if (!leaf.checkPrivateKey(createPrivateKey(key))) return undefined;
      return { cert, key, leaf, isSelfMade: true, warning: undefined };
    } catch {
      // Missing or damaged: it is made anew.
      return undefined;
    }
  }

  async function make(): Promise<LoadedCertificate> {
    const pair = await makeSelfSigned(names(), now());
    await mkdir(dir, { recursive: true, mode: 0o700 });
    await keep(selfMade.key, pair.key);
    await keep(selfMade.cert, pair.cert);
    return { ...pair, leaf: new X509Certificate(pair.cert), isSelfMade: true, warning: undefined };
  }

  async function keptOrMade(): Promise<LoadedCertificate> {
    const found = await kept();
    return found && isGoodFor(found.leaf, names(), now()) ? found : make();
  }

  /** A person's own pair; undefined while only one half of it is set, which is looked at then. */
  async function own(cert?: NamedFile, key?: NamedFile): Promise<LoadedCertificate | undefined> {
    if (cert && (key || holdsKey(await readPemFile(cert)))) {
      return { ...(await readOwnPair({ cert, key: key ?? cert }, now())), isSelfMade: false };
    }
    if (cert) {
      const late = outOfTime((await readCertificate(cert)).leaf, cert.name, now());
      if (late) throw late;
    } else if (key) await readKey(key);
    return undefined;
  }

  const ownOf = ({ cert, key }: PairFiles) => own(named('api_tls_cert', cert), named('api_tls_key', key));

  async function load(given: PairFiles, fallBack = keptOrMade): Promise<LoadedCertificate> {
    const pair = await ownOf(given);
    if (pair) return pair;
    if (given.cert === '' && given.key === '') return fallBack();
    const missing = given.key === '' ? 'api_tls_key' : 'api_tls_cert';
    return { ...(await fallBack()), warning: refuse('certificate.half', { missing }) };
  }

  return {
    /**
     * What the API is served with: the pair that is set, else the self-made one, which is made where it is missing, runs
     * out within 30 days or does not stand for all addresses of the machine. Refuses a pair that cannot be used.
     */
    load: (files: PairFiles) => inTurn(() => load(files)),
    /**
     * Refuses a pair that should not be set: also one that is out of its time. Where it is about to be used and there is
     * none, the self-made one is there afterwards.
     */
    async check(files: PairFiles, isUsed: boolean): Promise<void> {
      const pair = await ownOf(files);
      if (pair?.warning) throw pair.warning;
      if (!pair && isUsed) await inTurn(keptOrMade);
    },
    /** What `load` would find, without making one. */
    peek: (files: PairFiles) =>
      inTurn(() => load(files, async () => (await kept()) ?? Promise.reject(refuse('certificate.none', {})))),
    /** Makes another self-made one, with another key. */
    renew: () => inTurn(make),
    /** Takes the self-made one away, with its key. False: there was none. */
    remove: () =>
      inTurn(async () => {
        const files = Object.values(selfMade).filter((file) => existsSync(file));
        for (const file of files) await rm(file, { force: true });
        return files.length > 0;
      }),
  };
}
export type Certificates = ReturnType<typeof certificates>;

/** As people are shown it. */
export function shownCertificate({ leaf, isSelfMade, warning }: LoadedCertificate): ApiCertificate {
  return {
    self_made: isSelfMade,
    fingerprint: leaf.fingerprint256,
    valid_until: Math.floor(Date.parse(leaf.validTo) / 1_000),
    names: namesOf(leaf),
    problem: warning?.message ?? null,
  };
}

/** One that cannot be shown, and why. */
export function shownProblem(error: unknown): ApiCertificate | undefined {
  if (!(error instanceof DomainError)) throw error;
  if (error.code === 'certificate.none') return undefined;
  return { self_made: false, fingerprint: null, valid_until: null, names: [], problem: error.message };
}

/** Writes a file that its owner alone may read, all of it or nothing. */
async function keep(file: string, text: string): Promise<void> {
  const fresh = `${file}.new`;
  await rm(fresh, { force: true });
  try {
    await writeFile(fresh, text, { mode: 0o600, flag: 'wx' });
    if (process.platform !== 'win32') await chmod(fresh, 0o600);
    await rename(fresh, file);
  } catch (error) {
    await rm(fresh, { force: true });
    throw asRefusal(error);
  }
}
