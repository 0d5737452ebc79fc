import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '../../../src-main/base/logger.ts';
import { secretBox } from '../../../src-main/base/secret-box.ts';
import type { OpenApiDocument } from '../../../src-main/http/openapi/types.ts';
import { prepareDataFolder } from '../../../src-main/server/data-folder.ts';
import { openApi } from '../../../src-main/server/open-api.ts';

/** The OpenAPI document of the routes as they are in these sources; nothing listens meanwhile. */
export async function routeDocument(): Promise<OpenApiDocument> {
  const dataDir = mkdtempSync(join(tmpdir(), 'botmother-routes-'));
  try {
    prepareDataFolder(dataDir);
    const api = await openApi(dataDir, secretBox(randomBytes(32)), silentLogger);
    const document: OpenApiDocument = (await api.app.inject('/openapi.json')).json();
    await api.close();
    return document;
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}
