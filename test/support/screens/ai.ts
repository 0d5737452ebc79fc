import { silentLogger } from '../../../src-main/base/logger.ts';
import { fileKeyBox } from '../../../src-main/server/file-key-box.ts';
import { openApi } from '../../../src-main/server/open-api.ts';
import { type AiCallRow, aiUsageRepository } from '../../../src-main/store/ai-usage-repository.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import { startAiStub } from '../ai/ai-stub.ts';
import type { EngineProcess } from '../engine-process.ts';
import type { AtEnd } from '../test-folder.ts';

const DAY_S = 86_400;
const MODEL = 'llama-3.3-70b';
const ANSWER =
  'Good morning! Rain from four in the afternoon, 14 °C, and the greenhouse vents are still open.';

/** What the AI of a bot was asked in the last thirty days: more in the week, less at its end, and not everything was answered. */
export async function fillAiUse(dataDir: string, botId: number): Promise<void> {
  const { engine, close } = await openApi(dataDir, fileKeyBox(dataDir, undefined), silentLogger);
  const rows = aiUsageRepository(engine.store);
  const now = Math.floor(Date.now() / 1_000);
  const sources = ['chat', 'chat', 'room', 'api'] as const;
  await engine.store.write(async (tx) => {
    for (let back = 29; back >= 1; back -= 1) {
      const calls = 3 + Math.round(5 + 4 * Math.sin(back / 3)) - (back % 7 < 2 ? 3 : 0);
      for (let nth = 0; nth < calls; nth += 1) {
        const outcome: AiCallRow['outcome'] = back % 9 === 0 && nth < 2 ? 'rate' : 'answered';
        await rows.insert(tx, {
          botId: botId as BotId,
          provider: back > 20 ? 'ollama' : 'compatible',
          model: MODEL,
          requestId: `req_${back}_${nth}`,
          source: sources[nth % sources.length] ?? 'chat',
          outcome,
          inputTokens: 240 + nth * 35,
          outputTokens: outcome === 'answered' ? 90 + nth * 12 : 0,
          isEstimate: false,
          ms: 620 + nth * 140,
          at: now - back * DAY_S + nth * 600,
        });
      }
    }
  });
  await close();
}

/** Sets the AI of a bot up with a provider on loopback, after another one that is kept, and asks it something. */
export async function setUpAi(
  engine: EngineProcess,
  bot: { id: number; token: string },
  atEnd: AtEnd,
): Promise<void> {
  const answer = { text: ANSWER, reasoning: 'They greet me: place, hour, weather.' };
  const before = await startAiStub({ provider: 'ollama', models: ['llama3.2'], atEnd });
  const stub = await startAiStub({
    provider: 'compatible',
    key: 'sk-garden-2f7c91e04b',
    models: [MODEL, 'llama-3.1-8b', 'qwen-3-32b', 'gemma-3-27b'],
    answer,
    atEnd,
  });
  const call = async (method: string, path: string, body: object, token?: string) => {
    const done = await engine.call(method, path, { body, ...(token && { token }) });
    if (done.status !== 200)
      throw new Error(`${method} ${path}: ${done.status} ${JSON.stringify(done.body)}`);
  };
  const place = `/api/v1/bots/${bot.id}/ai`;
  await call('PATCH', place, { provider: 'ollama', model: 'llama3.2', base_url: before.baseUrl });
  await call('PATCH', place, {
    provider: 'compatible',
    model: MODEL,
    base_url: stub.baseUrl,
    key: 'sk-garden-2f7c91e04b',
    system:
      'You are Herald. Answer briefly and kindly, and name the place and the hour when it comes to the weather.',
  });
  await call('PUT', `/api/v1/bots/${bot.id}/settings/ai_month_tokens`, { value: 250_000 });
  await call('POST', '/bot/ai/ask', { message: 'What does the day bring?' }, bot.token);
}
