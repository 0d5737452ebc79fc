import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificates {
  /** The authority, PEM: what a client is given to trust. */
  ca: string;
  cert: string;
  key: string;
}

interface CertificateOptions {
  days?: number;
  /** Signed by itself instead of by the authority. */
  isSelfSigned?: boolean;
  /** When it began and ended to be valid, as openssl writes times (YYMMDDHHMMSSZ); wins over `days`. */
  validity?: [from: string, to: string];
  /** `sha256`, `sha384`, ... */
  hash?: string;
  /** What stands instead of the name in subjectAltName, as openssl reads it. */
  extensions?: string;
}

/** A fresh authority and a certificate of it for the given name. Needs openssl. */
export function makeCertificates(name = 'localhost', options: CertificateOptions = {}): Certificates {
  const { days = 2, isSelfSigned = false, validity, hash = 'sha256' } = options;
  const { extensions = `subjectAltName=DNS:${name}` } = options;
  const folder = mkdtempSync(join(tmpdir(), 'botmother-tls-'));
  const at = (file: string) => join(folder, file);
  const openssl = (line: string) => execFileSync('openssl', line.split(' '), { stdio: 'pipe' });
  const curve = '-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes';
  const read = (file: string) => readFileSync(at(file), 'utf8');
  try {
    openssl(`req -x509 ${curve} -days 2 -subj /CN=TestCA -keyout ${at('ca.key')} -out ${at('ca.pem')}`);
    openssl(`req ${curve} -subj /CN=${name} -keyout ${at('key.pem')} -out ${at('req.pem')}`);
    writeFileSync(at('ext'), `${extensions}\n`);
    const signer = isSelfSigned
      ? `-key ${at('key.pem')}`
      : `-CA ${at('ca.pem')} -CAkey ${at('ca.key')} -CAcreateserial`;
    const common = `-extfile ${at('ext')} -out ${at('cert.pem')}`;
    if (validity) {
      // Only `openssl ca` makes certificates of the past; it wants files to keep its books in.
      writeFileSync(at('index'), '');
      writeFileSync(
        at('conf'),
        `[ca]\ndefault_ca=d\n[d]\ndatabase=${at('index')}\nnew_certs_dir=${folder}\nrand_serial=yes\npolicy=p\n[p]\ncommonName=supplied\n`,
      );
      const books = `ca -batch -notext -config ${at('conf')} -md ${hash} -startdate ${validity[0]} -enddate ${validity[1]}`;
      const by = isSelfSigned
        ? `-selfsign -keyfile ${at('key.pem')}`
        : `-cert ${at('ca.pem')} -keyfile ${at('ca.key')}`;
      openssl(`${books} ${by} -in ${at('req.pem')} ${common}`);
    } else {
      openssl(`x509 -req -${hash} -days ${days} -in ${at('req.pem')} ${signer} ${common}`);
    }
    return { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
