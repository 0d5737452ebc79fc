/** Routes whose name the rules below would not find. */
const NAMES: Readonly<Record<string, string>> = {
  'POST /bot/create': 'createBot',
  'GET /bot/list': 'listBots',
  'POST /bot/delete': 'deleteBot',
  'DELETE /bot/delete': 'deleteBotById',
  'POST /bot/activate': 'activateBot',
  'POST /bot/token': 'replaceToken',
  'POST /bot/revoke': 'revokeToken',
  'POST /bot/account/status': 'setAccountStatus',
  'POST /bot/ejabberd/settings': 'setEjabberdSettings',
  'GET /bot/settings': 'readSettings',
  'POST /bot/settings': 'changeSettings',
  'GET /bot/audit': 'readAudit',
  'GET /bot/omemo/devices': 'getBotDevices',
  'POST /bot/omemo/devices': 'changeBotDevice',
  'GET /bot/events': 'followUpdates',
  'GET /bot/ai/usage': 'getAiUsage',
  'GET /api/v1/events': 'followEvents',
  'POST /api/v1/bots/:id/token': 'replaceBotToken',
  'POST /api/v1/bots/:id/dead-letters': 'replayDeadLetters',
  'POST /api/v1/bots/:id/deliveries/:update_id/replay': 'replayDelivery',
  'POST /api/v1/bots/:id/replay': 'replayDeliveries',
  'POST /api/v1/bots/:id/webhook': 'setBotWebhook',
  'POST /api/v1/bots/:id/webhook/test': 'testBotWebhook',
  'POST /api/v1/bots/:id/webhook/probe': 'probeBotWebhook',
  'POST /api/v1/bots/:id/ai/models': 'getBotAiModels',
  'POST /api/v1/bots/:id/telegram/chats': 'getBotTelegramChats',
  'POST /api/v1/bots/:id/telegram/hello': 'sayBotTelegramHello',
  'GET /api/v1/logs/events': 'followLogs',
  'POST /api/v1/discover': 'discoverServer',
  'GET /api/v1/health': 'getHealthReport',
  'POST /api/v1/certificate': 'giveCertificate',
  'POST /api/v1/sandbox': 'startSandbox',
  'GET /api/v1/bots/:id/deliveries/:update_id': 'getBotDelivery',
  'POST /api/v1/restore': 'restoreBackup',
  'POST /api/v1/panel/login': 'logIn',
  'POST /api/v1/backup': 'makeBackup',
};

/** What a method does to what its path names. */
const VERBS: Readonly<Record<string, string>> = {
  GET: 'get',
  POST: 'add',
  PUT: 'set',
  PATCH: 'change',
  DELETE: 'remove',
};

/**
 * The name of a route as a function: `sendMessage`, `getBotSettings`. It is the route's `operationId` and its name in the
 * typed client, so no two routes may have the same one; a test holds that.
 */
export function operationName(method: string, url: string): string {
  const listed = NAMES[`${method} ${url}`];
  if (listed !== undefined) return listed;
  const isResource = url.startsWith('/api/v1/');
  const steps = url
    .replace(/^\/(api\/v1|bot)\//, '')
    .split('/')
    .filter(Boolean);
  const words = isResource ? resourceWords(method, steps) : programWords(method, steps.filter(isNoParameter));
  return camel(words);
}

/** `/bot/sendMessage` says it all; `/bot/telegram/setup` has the thing first. */
function programWords(method: string, steps: string[]): string[] {
  const [thing = '', act] = steps;
  if (act === undefined) return /[A-Z]/.test(thing) ? [thing] : [VERBS[method] ?? '', thing];
  return method === 'GET' ? ['get', ...steps] : [...steps.slice(1), thing];
}

/** What stands before a parameter is one of many; a POST to a thing that is not many is an act. */
function resourceWords(method: string, steps: string[]): string[] {
  const words = steps
    .map((step, index) => (steps[index + 1]?.startsWith(':') ? singular(step) : step))
    .filter(isNoParameter);
  const last = words.at(-1) ?? '';
  if (method !== 'POST') return [VERBS[method] ?? '', ...words];
  if (last.endsWith('s')) return ['add', ...words.slice(0, -1), singular(last)];
  return [last, ...words.slice(0, -1)];
}

const isNoParameter = (step: string) => !step.startsWith(':');
const singular = (word: string) => word.replace(/s$/, '');

function camel(words: string[]): string {
  const parts = words.flatMap((word) => word.split('-'));
  return parts
    .map((part, index) => (index === 0 ? part : part.charAt(0).toUpperCase() + part.slice(1)))
    .join('');
}
