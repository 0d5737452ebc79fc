import { isTlsFileName } from '../../../src-shared/api/settings.ts';
import { refuse } from '../../../src-shared/errors.ts';
import type { Translate } from '../../../src-shared/text/translate.ts';
import type { ApiServerState } from '../../engine/settings/api-server.ts';
import { type CommandAnswer, type MenuItem, type MenuPage, RULE, TITLE_RULE } from '../answer.ts';
import { isYes } from '../fields.ts';
import { type ApiPage, type ApiRequest, pageOf } from './request.ts';
import { checkLines, serverLines } from './server-words.ts';

const SERVER = '/api server';

const itemOf = ({ name, summary }: ApiPage, t: Translate): MenuItem => ({
  command: `${SERVER} ${name}`,
  label: t(summary),
});
const back = (t: Translate): MenuItem => ({ command: SERVER, label: t('api.back') });
const page = (
  t: Translate,
  title: string,
  lines: readonly string[],
  items: readonly MenuItem[],
): MenuPage => ({
  text: [title, TITLE_RULE, ...lines].join('\n'),
  items: [...items, back(t)],
});

/** What came of a change: how the server is now, also where that is not what was asked for. */
function told({ t }: ApiRequest, server: ApiServerState, isAsWished: boolean, done: string): MenuPage {
  const title = isAsWished ? done : t('server.not-as-wished');
  return page(t, title, [...serverLines(server, t), ...checkLines(server, t)], []);
}

const usage = (t: Translate, key: ApiPage['usage']): string =>
  t('usage', { usage: t(key ?? 'api.server.usage') });

async function setMode(request: ApiRequest, mode: 'local' | 'network'): Promise<CommandAnswer> {
  const { services, caller, t } = request;
  const before = await services.apiServer.state();
  const server = await services.apiServer.change({ api_mode: mode }, caller);
  const isNew = before.mode !== mode;
  return told(request, server, server.mode === mode, t(isNew ? 'server.done' : 'server.already'));
}

const local: ApiPage = {
  name: 'local',
  aliases: ['lokal'],
  summary: 'server.local.summary',
  answer: (request) => setMode(request, 'local'),
};

const network: ApiPage = {
  name: 'network',
  aliases: ['netzwerk'],
  summary: 'server.network.summary',
  async answer(request, [word = '']) {
    const { services, t } = request;
    const isThere = services.settings.get('api_mode') === 'network';
    if (!isThere && !isYes(word)) {
      return {
        question: t('server.network.question'),
        confirmWith: `${SERVER} network ${t('confirm.word')}`,
      };
    }
    return setMode(request, 'network');
  },
};

const port: ApiPage = {
  name: 'port',
  aliases: [],
  usage: 'server.port.usage',
  summary: 'server.port.summary',
  async answer(request, [number = '', ...rest]) {
    const { services, caller, t } = request;
    if (number === '' || rest.length > 0) return usage(t, 'server.port.usage');
    const server = await services.apiServer.change({ api_port: number }, caller);
    return told(request, server, server.port === Number(number), t('server.done'));
  },
};

/** A name in the folder of certificates: from a chat nothing else may be read. */
function fileName(file: string): string {
  if (!isTlsFileName(file)) throw refuse('server.file-name', { file: file.slice(0, 100) });
  return file;
}

async function setFiles(
  request: ApiRequest,
  files: { api_tls_cert?: string; api_tls_key?: string },
): Promise<CommandAnswer> {
  const server = await request.services.apiServer.change(files, request.caller);
  const { t } = request;
  // In local mode nothing is served with it yet.
  const done = t(server.mode === 'network' ? 'server.done' : 'server.cert.kept');
  return told(request, server, server.problem === undefined, done);
}

const cert: ApiPage = {
  name: 'cert',
  aliases: ['zertifikat'],
  usage: 'server.cert.usage',
  summary: 'server.cert.summary',
  async answer(request, [file = '', key, ...rest]) {
    if (file === '' || rest.length > 0) return usage(request.t, 'server.cert.usage');
    if (file.toLowerCase() === 'auto') {
      if (key !== undefined) return usage(request.t, 'server.cert.usage');
      return setFiles(request, { api_tls_cert: '', api_tls_key: '' });
    }
    const pair = { api_tls_cert: fileName(file) };
    return setFiles(request, key === undefined ? pair : { ...pair, api_tls_key: fileName(key) });
  },
};

const key: ApiPage = {
  name: 'key',
  aliases: ['schlüssel', 'schluessel'],
  usage: 'server.key.usage',
  summary: 'server.key.summary',
  async answer(request, [file = '', ...rest]) {
    if (file === '' || rest.length > 0) return usage(request.t, 'server.key.usage');
    return setFiles(request, { api_tls_key: fileName(file) });
  },
};

const certAuto: ApiPage = {
  name: 'cert auto',
  aliases: [],
  summary: 'server.cert-auto.summary',
  answer: (request) => cert.answer(request, ['auto']),
};

const status: ApiPage = {
  name: 'status',
  aliases: [],
  summary: 'server.status.summary',
  async answer({ services, t }) {
    const server = await services.apiServer.state();
    return page(t, t('server.status.summary'), [...serverLines(server, t), ...checkLines(server, t)], []);
  },
};

const renew: ApiPage = {
  name: 'renew-cert',
  aliases: ['renew', 'zertifikat-erneuern'],
  summary: 'server.renew.summary',
  async answer(request) {
    const { services, caller, t } = request;
    const made = await services.apiServer.renewCertificate(caller);
    const server = await services.apiServer.state();
    const isServed = server.certificate?.fingerprint === made.fingerprint;
    const done = [
      t('server.renew.done'),
      `SHA-256: ${made.fingerprint}`,
      isServed ? '' : t('server.cert.not-served'),
    ];
    return page(t, done.filter(Boolean).join('\n'), serverLines(server, t), []);
  },
};

const remove: ApiPage = {
  name: 'delete-cert',
  aliases: ['zertifikat-loeschen', 'zertifikat-löschen'],
  summary: 'server.delete.summary',
  async answer(request) {
    const { services, caller, t } = request;
    const wasThere = await services.apiServer.deleteCertificate(caller);
    const server = await services.apiServer.state();
    const isAnother = wasThere && server.certificate?.self_made === true;
    const done = t(
      !wasThere ? 'server.delete.none' : isAnother ? 'server.delete.another' : 'server.delete.done',
    );
    return page(t, done, serverLines(server, t), []);
  },
};

/** Every subcommand of `/api server`, in the order in which it is offered. */
export const serverPages: readonly ApiPage[] = [
  status,
  local,
  network,
  port,
  cert,
  key,
  certAuto,
  renew,
  remove,
];

async function overview({ services, t }: ApiRequest): Promise<MenuPage> {
  const server = await services.apiServer.state();
  const isOffered = (one: ApiPage) => !one.usage && one.name !== server.mode;
  const typed = serverPages.flatMap((one) =>
    one.usage === undefined ? [] : [`${t(one.usage)} - ${t(one.summary)}`],
  );
  return {
    text: [t('api.server.summary'), TITLE_RULE, ...serverLines(server, t), RULE, ...typed].join('\n'),
    items: [
      ...serverPages.filter(isOffered).map((one) => itemOf(one, t)),
      { command: '/api', label: t('api.back') },
    ],
  };
}

/** The operator's alone, from the chats that `chat_admin` allows. */
export const serverPage: ApiPage = {
  name: 'server',
  aliases: [],
  summary: 'api.server.summary',
  async answer(request, [word = '', ...rest]) {
    const { services, chat, person, isEncrypted, t } = request;
    services.chatAdmin({ chat, person, isEncrypted });
    if (word === '') return overview(request);
    const found = pageOf(serverPages, word);
    return found ? found.answer(request, rest) : t('usage', { usage: t('api.server.usage') });
  },
};
