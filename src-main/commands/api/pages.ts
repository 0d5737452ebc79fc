import type { TextKey } from '../../../src-shared/text/en.ts';
import type { Translate } from '../../../src-shared/text/translate.ts';
import { type MenuItem, type MenuPage, RULE, TITLE_RULE } from '../answer.ts';
import { shownAddress } from '../shown-address.ts';
import { CALLS, type Call, curlLine, FORMS } from './calls.ts';
import { type ApiFacts, factsOf } from './facts.ts';
import { pythonExample } from './python.ts';
import { type ApiPage, type ApiRequest, pageOf } from './request.ts';
import { serverPage } from './server-pages.ts';
import { certificateLines } from './server-words.ts';

const back = (t: Translate): MenuItem => ({ command: '/api', label: t('api.back') });

function pageText(title: string, ...parts: readonly (readonly string[])[]): string {
  const said = parts.filter(({ length }) => length > 0).map((lines) => lines.join('\n'));
  return [title, TITLE_RULE, said.join(`\n${RULE}\n`)].join('\n');
}

/** How clients know that they reached this API, where nobody vouches for it. */
const trustLines = ({ server }: ApiFacts, t: Translate): string[] =>
  server.certificate?.self_made ? [t('api.self-made'), ...certificateLines(server.certificate, t)] : [];

const callLines = (calls: readonly Call[], facts: ApiFacts, t: Translate): string[] =>
  calls.flatMap((call) => [`${t(call.says)}:`, curlLine(call, facts)]);

/** A page of requests. Without a bot there is nothing to show them for. */
function documented(
  name: keyof typeof CALLS,
  aliases: readonly string[],
  more: (request: ApiRequest, facts: ApiFacts) => Promise<readonly (readonly string[])[]> = async () => [],
): ApiPage {
  const summary: TextKey = `api.${name}.summary`;
  return {
    name,
    aliases,
    summary,
    async answer(request) {
      const { t, bot } = request;
      if (!bot) return t('api.no-bot');
      const facts = await factsOf(request);
      const calls = callLines(CALLS[name](bot), facts, t);
      const parts = [
        [t(`api.${name}.text`, { token: tokenOf(facts, t), id: bot.id })],
        ...(await more(request, facts)),
        calls,
        trustLines(facts, t),
      ];
      return { text: pageText(t(summary), ...parts), items: [back(t)] };
    },
  };
}

const tokenOf = ({ token, bot }: ApiFacts, t: Translate) => token || t('api.no-token', { id: bot?.id ?? '' });

/** How the webhook is doing now; its secret stays where it is. */
async function webhookLines({ services, bot, t }: ApiRequest): Promise<string[]> {
  if (!bot) return [];
  const { url, health, pending } = await services.webhooks.info(bot);
  const state = url === undefined ? 'off' : health.failures > 0 ? 'failing' : 'active';
  return [
    t('bot.webhook', {
      webhook: url === undefined ? t('webhook.off') : `${shownAddress(url)} (${t(`webhook.${state}`)})`,
    }),
    t('bot.pending', { pending }),
    ...(url !== undefined && health.lastError ? [t('api.webhook.error', { error: health.lastError })] : []),
  ];
}

const adminLines = async ({ t }: ApiRequest, { needsAdminToken }: ApiFacts) => [
  [t(needsAdminToken ? 'api.management.token' : 'api.management.local')],
];

const formLines = async ({ t }: ApiRequest) => [
  FORMS.flatMap(({ says, method, path, body }) => [
    `${t(says)}:`,
    `${method} /bot/${path} ${JSON.stringify(body)}`,
  ]),
];

const examples: ApiPage = {
  name: 'examples',
  aliases: ['beispiele'],
  summary: 'api.examples.summary',
  async answer(request) {
    const { t, bot } = request;
    if (!bot) return t('api.no-bot');
    const facts = await factsOf(request);
    const shown = [...CALLS.auth(), ...CALLS.messages(bot).slice(0, 2)];
    const python = [t('api.examples.python'), pythonExample(facts)];
    const text = pageText(
      t('api.examples.summary'),
      callLines(shown, facts, t),
      python,
      trustLines(facts, t),
    );
    return { text, items: [back(t)] };
  },
};

/** Every subcommand of `/api`, in the order in which it is offered. */
export const apiPages: readonly ApiPage[] = [
  documented('auth', ['token']),
  documented('messages', ['nachrichten']),
  documented('webhook', ['webhooks'], async (request) => [await webhookLines(request)]),
  documented('management', ['verwaltung'], adminLines),
  documented('advanced', ['erweitert'], formLines),
  examples,
  serverPage,
];

/** `/api` alone: where it is, whose it is, and what there is to read. */
async function overview(request: ApiRequest): Promise<MenuPage> {
  const { t, bot } = request;
  const facts = await factsOf(request);
  const { server } = facts;
  const text = pageText(
    t('api.title'),
    [
      t('api.base-url', { url: server.url }),
      t(`api.mode.${server.mode}`),
      ...(bot
        ? [
            t('bot.name', { name: bot.name }),
            `ID: ${bot.id}`,
            bot.jid ? `JID: ${bot.jid}` : t('bot.owners-jid', { jid: bot.owner }),
            `Token: ${tokenOf(facts, t)}`,
          ]
        : [t('api.no-bot')]),
    ],
    trustLines(facts, t),
  );
  const items = apiPages.map(({ name, summary }) => ({ command: `/api ${name}`, label: t(summary) }));
  return { text, items };
}

/** `/api ...`: the one way to its pages, from every chat and from forms. */
export async function apiAnswer(request: ApiRequest, words: readonly string[]) {
  const [word = '', ...rest] = words;
  if (word === '') return overview(request);
  const page = pageOf(apiPages, word);
  if (page) return page.answer(request, rest);
  const { text, items } = await overview(request);
  return { text: [request.t('api.unknown', { word: word.slice(0, 40) }), text].join('\n'), items };
}
