import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from './problem.mjs';
import { capture } from './processes.mjs';
import { findBinary } from './system.mjs';

const CA_DAYS = 3650;
/** The longest validity that every TLS stack accepts for a server. */
const SERVER_DAYS = 397;
const RENEW_BEFORE_MS = 30 * 86_400_000;
/** Where the parts of an XMPP server live below its domain. */
const SERVICES = ['conference', 'upload', 'pubsub', 'proxy'];
const P256 = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/**
 * A throw-away CA and a certificate for these domains, made once per folder; with the CA trusted, every check of a
 * client stays on. The server's certificate is made again when it runs out or lacks a domain, the CA never.
 * @param {string} dir
 * @param {string[]} domains
 */
export async function makeCertificates(dir, domains) {
  const files = {
    caFile: join(dir, 'ca.crt'),
    certFile: join(dir, 'server.crt'),
    keyFile: join(dir, 'server.key'),
    /** Certificate and key in one. */
    pemFile: join(dir, 'server.pem'),
  };
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const caKey = join(dir, 'ca.key');
  if (!existsSync(files.caFile)) {
    const usage = ['-addext', 'keyUsage=critical,keyCertSign,cRLSign'];
    const name = ['-subj', '/CN=Botmother local CA', '-days', String(CA_DAYS)];
    await openssl(['req', '-x509', ...P256, '-keyout', caKey, ...name, ...usage, '-out', files.caFile]);
  }
  if (isGood(files.pemFile, domains)) return files;

  const [request, extensions] = [join(dir, 'server.csr'), join(dir, 'server.ext')];
  const names = domains.flatMap((domain) => [domain, ...SERVICES.map((service) => `${service}.${domain}`)]);
  const alternatives = [...new Set(['localhost', ...names])].map((name) => `DNS:${name}`);
  writeFileSync(
    extensions,
    [
      `subjectAltName=${[...alternatives, 'IP:127.0.0.1', 'IP:::1'].join(',')}`,
      'basicConstraints=critical,CA:FALSE',
      'keyUsage=critical,digitalSignature',
      'extendedKeyUsage=serverAuth,clientAuth',
    ].join('\n'),
  );
  await openssl([
    'req',
    '-new',
    ...P256,
    '-keyout',
    files.keyFile,
    '-subj',
    `/CN=${domains[0]}`,
    '-out',
    request,
  ]);
  const signer = ['-CA', files.caFile, '-CAkey', caKey, '-CAcreateserial'];
  const terms = ['-sha256', '-days', String(SERVER_DAYS), '-extfile', extensions];
  await openssl(['x509', '-req', '-in', request, ...signer, ...terms, '-out', files.certFile]);
  const both = readFileSync(files.certFile, 'utf8') + readFileSync(files.keyFile, 'utf8');
  writeFileSync(files.pemFile, both, { mode: 0o600 });
  for (const file of [request, extensions]) rmSync(file);
  return files;
}

/**
 * @param {string} pemFile
 * @param {string[]} domains
 */
function isGood(pemFile, domains) {
  if (!existsSync(pemFile)) return false;
  const certificate = new X509Certificate(readFileSync(pemFile));
  const goodUntil = Date.parse(certificate.validTo) - RENEW_BEFORE_MS;
  return Date.now() < goodUntil && domains.every((domain) => certificate.checkHost(domain) !== undefined);
}

/** @param {string[]} args */
async function openssl(args) {
  const { code, stderr } = await capture(findBinary('openssl') ?? 'openssl', args);
  if (code !== 0) throw new Problem(`openssl ${args[0]} failed:\n${stderr}`);
}
