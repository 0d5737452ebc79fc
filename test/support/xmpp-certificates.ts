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

/** A fresh authority and a certificate of it for the given name. Needs openssl. */
export function makeCertificates(name = 'localhost', { days = 2 }: { days?: number } = {}): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'botmother-tls-'));
  const at = (file: string) => join(folder, file);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' });
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  try {
    openssl(
      'req',
      '-x509',
      ...curve,
      '-days',
      '2',
      '-subj',
      '/CN=Test CA',
      '-keyout',
      at('ca.key'),
      '-out',
      at('ca.pem'),
    );
    openssl('req', ...curve, '-subj', `/CN=${name}`, '-keyout', at('key.pem'), '-out', at('req.pem'));
    writeFileSync(at('ext'), `subjectAltName=DNS:${name}\n`);
    openssl(
      ...[
        'x509',
        '-req',
        '-in',
        at('req.pem'),
        '-CA',
        at('ca.pem'),
        '-CAkey',
        at('ca.key'),
        '-CAcreateserial',
      ],
      ...['-days', String(days), '-extfile', at('ext'), '-out', at('cert.pem')],
    );
    const read = (file: string) => readFileSync(at(file), 'utf8');
    return { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
