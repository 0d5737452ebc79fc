import type { Page, Route } from 'playwright-core';
import type { AiUse, BotAi } from '../../src-shared/api/ai.ts';

const NONE: BotAi = {
  enabled: false,
  configured: false,
  provider: null,
  model: '',
  base_url: '',
  has_own_base_url: false,
  key: null,
  kept: [],
  header_names: [],
  system: 'You are a bot.',
  is_usual_system: true,
  people: 0,
  waiting: 0,
};
export const GROQ: BotAi = {
  ...NONE,
  enabled: true,
  configured: true,
  provider: 'groq',
  model: 'llama-70b',
  base_url: 'https://api.groq.com/openai/v1',
  key: 'gsk_…3mQz',
  kept: [{ provider: 'claude', model: 'llama-8b', key: 'sk-…9x', base_url: 'https://api.anthropic.com/v1' }],
};
const UNUSED: AiUse = {
  today: { calls: 0, answers: 0, tokens: { input: 0, output: 0 } },
  month: { calls: 0, answers: 0, tokens: { input: 0, output: 0 } },
  limits: { per_minute: 10, per_day: 500, month_tokens: 0 },
  days: [],
  calls: [],
};

export interface Refusal {
  status: number;
  error: string;
  description: string;
}

/**
 * Answers for the page what the engine would say of the AI of every bot, for states that no provider on loopback leads to:
 * months of use, saved keys of the great providers, refusals in a certain order. Each request is kept as it was sent.
 */
export async function madeUpAi(page: Page, first: Partial<BotAi> = {}) {
  const state = {
    ai: { ...NONE, ...first } as BotAi,
    use: UNUSED,
    /** The next change is refused so. */
    refusal: undefined as Refusal | undefined,
    models: { ids: ['llama-70b', 'llama-8b'], readAt: Math.floor(Date.now() / 1_000) - 240 },
    modelRefusal: undefined as Refusal | undefined,
    /** The events of a test, as they go over the wire. */
    test: '',
    /** A test begins to be answered when that is settled. */
    testAfter: undefined as Promise<unknown> | undefined,
  };
  // biome-ignore lint/suspicious/noExplicitAny: tests look into what was asked.
  const asked: { what: string; body: any }[] = [];
  const refused = (route: Route, { status, error, description }: Refusal) =>
    route.fulfill({ status, json: { ok: false, error, description } });

  await page.route(/\/api\/v1\/bots\/\d+\/ai(\/\w+)?(\?.*)?$/, async (route) => {
    const request = route.request();
    const part = new URL(request.url()).pathname.split('/ai')[1] ?? '';
    const body = request.method() === 'GET' ? undefined : request.postDataJSON();
    asked.push({ what: `${request.method()} ${part}`, body });
    const ok = (result: unknown) => route.fulfill({ json: { ok: true, result } });
    if (part === '/usage') return ok(state.use);
    if (part === '/models')
      return state.modelRefusal
        ? refused(route, state.modelRefusal)
        : ok({ models: state.models.ids.map((id) => ({ id })), read_at: state.models.readAt });
    if (part === '/test') {
      await state.testAfter;
      return route
        .fulfill({ headers: { 'content-type': 'text/event-stream' }, body: state.test })
        .catch(() => undefined);
    }
    if (part === '/stop') return ok({ stopped: state.ai.waiting });
    if (part === '/clear') return ok({ cleared: state.ai.people });
    if (request.method() === 'DELETE') {
      state.ai = NONE;
      return ok(true);
    }
    if (request.method() === 'PATCH') {
      const { refusal } = state;
      state.refusal = undefined;
      if (refusal) return refused(route, refusal);
      const { key: _key, headers, force: _force, base_url, ...change } = body;
      state.ai = {
        ...state.ai,
        ...change,
        ...(headers && { header_names: Object.keys(headers) }),
        ...(base_url && { base_url, has_own_base_url: true }),
        ...(change.provider && { configured: true, enabled: change.enabled ?? true }),
      };
    }
    return ok(state.ai);
  });
  return {
    state,
    asked,
    /** What was asked of that kind, in order. */
    bodies: (what: string) => asked.filter((one) => one.what === what).map(({ body }) => body),
    event: (name: string, data: unknown) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`,
  };
}
