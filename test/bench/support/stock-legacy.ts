import { createRequire } from 'node:module';
import type * as StockCurve from '@privacyresearch/curve25519-typescript';
import { backendOf } from '../../../src-main/gateways/omemo/legacy/legacy-backend.ts';
import { loadLibrary } from '../../../src-main/gateways/omemo/legacy/library.ts';
import type { RatchetBackend } from '../../../src-main/gateways/omemo/ratchet-backend.ts';

/**
 * Our legacy backend on the curve and the cryptography that the package brings, to measure ours against. The package has
 * one curve for the whole process: give this backend a process of its own.
 */
export async function stockLegacyBackend(): Promise<RatchetBackend> {
  const library = loadLibrary();
  const require = createRequire(import.meta.url);
  const ofPackage = createRequire(require.resolve('@privacyresearch/libsignal-protocol-typescript'));
  const { AsyncCurve25519Wrapper } = ofPackage('@privacyresearch/curve25519-typescript') as typeof StockCurve;
  library.setCurve(new AsyncCurve25519Wrapper());
  library.setWebCrypto(globalThis.crypto as Parameters<typeof library.setWebCrypto>[0]);
  return backendOf(library);
}
