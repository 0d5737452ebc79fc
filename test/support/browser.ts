import { type Browser, chromium } from 'playwright-core';
import { findBinary } from '../../scripts/lib/system.mjs';

/** A name that leads to this machine, as after DNS rebinding. */
export const FOREIGN_HOST = 'evil.example';

/** Debian's Chromium without a window; with a configuration of fonts of its own, where one is named. */
export async function openBrowser({ fonts }: { fonts?: string } = {}): Promise<Browser> {
  const executablePath = findBinary('chromium');
  if (executablePath === undefined) throw new Error('chromium is missing');
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({
    executablePath,
    ...(fonts !== undefined && { env: { ...process.env, FONTCONFIG_FILE: fonts } }),
    args: [
      ...asRoot,
      '--disable-gpu',
      `--host-resolver-rules=MAP ${FOREIGN_HOST} 127.0.0.1`,
      // A guard of its own that other browsers do not have; ours have to hold without it.
      '--disable-features=LocalNetworkAccessChecks',
    ],
  });
}
