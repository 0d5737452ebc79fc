import { bareOf } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import { Scope } from '../../base/scope.ts';
import { AdHocSessions } from './ad-hoc-sessions.ts';
import { type AskForm, askForm, formsIn } from './data-form.ts';
import { attribute, childElements, type Element, xml } from './element.ts';
import { NS_DATA_FORM } from './namespaces.ts';
import { type Session, StanzaError } from './session.ts';
import { NS_DISCO_INFO, NS_DISCO_ITEMS } from './xep-0030-disco.ts';

export const NS_COMMANDS = 'http://jabber.org/protocol/commands';

/** Values of a filled-in form, by the names of its fields. */
export type FormValues = ReadonlyMap<string, readonly string[]>;

export interface AdHocNote {
  type: 'info' | 'warn' | 'error';
  text: string;
}

/** What a command shows after one step. It is over when it asks for nothing more. */
export interface AdHocStep {
  note?: AdHocNote | undefined;
  ask?: { form: AskForm; hasPrevious: boolean; isLast: boolean } | undefined;
}

/** One run of a command, from its beginning to its end. */
export interface AdHocRun {
  /** With the values, when the first request brought them along. */
  begin(values: FormValues | undefined): Promise<AdHocStep>;
  submit(values: FormValues): Promise<AdHocStep>;
  back(): Promise<AdHocStep>;
}

/** The commands that an account offers to its own clients. */
export interface AdHocOffer {
  readonly nodes: readonly string[];
  /** The offer in the language that a request asks for, or in the account's. */
  speaking(asked: string | undefined): Promise<AdHocMenu>;
}

/** The offer in one language. Asked about the offered nodes only. */
export interface AdHocMenu {
  readonly language: string;
  nameOf(node: string): string;
  open(node: string): AdHocRun;
}

const ACTIONS = ['execute', 'cancel', 'prev', 'next', 'complete'] as const;
type Action = (typeof ACTIONS)[number];

interface Running {
  node: string;
  /** The full JID that began it: nobody else goes on with it. */
  from: string;
  language: string;
  run: AdHocRun;
  last: AdHocStep;
  isBusy: boolean;
}

interface Request {
  node: string;
  from: string;
  action: Action;
  language: string | undefined;
  values: FormValues | undefined;
}

/**
 * XEP-0050: Ad-Hoc Commands, for the account's own clients: everybody else is told that it is forbidden. Ends with the
 * scope that is returned.
 */
export function offerAdHoc(
  session: Pick<Session, 'jid' | 'boundJid' | 'onIq' | 'advertise' | 'disco'>,
  offer: AdHocOffer,
  { clock }: { clock: Clock },
): Scope {
  const scope = new Scope();
  const running = new AdHocSessions<Running>(clock, scope);

  function ownFrom(iq: Element): string {
    const from = attribute(iq, 'from');
    if (from === undefined || bareOf(from) !== session.jid) throw new StanzaError('forbidden', 'auth', '');
    return from;
  }
  const addressOf = (iq: Element) => attribute(iq, 'to') ?? session.boundJid ?? session.jid;
  const menuFor = (iq: Element) => offer.speaking(languageOf(childElements(iq)[0]));

  async function answer(iq: Element): Promise<Element> {
    const from = ownFrom(iq);
    const [command] = childElements(iq);
    if (!command) throw new StanzaError('bad-request', 'modify', '');
    const request = { ...readRequest(command), from };
    const id = attribute(command, 'sessionid');
    if (id !== undefined && id !== '') return goOn(id, request);
    return begin(request);
  }

  async function begin(request: Request): Promise<Element> {
    const { node, from, action, values } = request;
    if (!offer.nodes.includes(node)) throw new StanzaError('item-not-found', 'cancel', '');
    if (action !== 'execute') throw refusal('bad-request', 'bad-sessionid');
    const menu = await offer.speaking(request.language);
    const { language } = menu;
    const run = menu.open(node);
    const last = await run.begin(values);
    const id = AdHocSessions.newId();
    if (last.ask) running.begin(id, { node, from, language, run, last, isBusy: false });
    return shown(id, node, language, last);
  }

  async function goOn(id: string, request: Request): Promise<Element> {
    const known = running.get(id);
    if (running.hasExpired(id)) throw refusal('not-allowed', 'session-expired');
    if (!known || known.from !== request.from || known.node !== request.node) {
      throw refusal('bad-request', 'bad-sessionid');
    }
    const { node, language } = known;
    // What is under way cannot be taken back: whoever cancels it must not be told that nothing happened.
    if (known.isBusy) throw new StanzaError('resource-constraint', 'wait', '');
    if (request.action === 'cancel') {
      running.end(id);
      return commandElement(id, node, language, 'canceled');
    }
    known.isBusy = true;
    try {
      running.touch(id);
      known.last = await step(known, request);
    } finally {
      known.isBusy = false;
    }
    if (!known.last.ask) running.end(id);
    return shown(id, node, language, known.last);
  }

  scope.add(session.advertise(NS_COMMANDS));
  scope.add(session.onIq('set', 'command', NS_COMMANDS, answer));
  scope.add(
    session.disco.offer(NS_COMMANDS, {
      async info(iq) {
        ownFrom(iq);
        return infoOf(NS_COMMANDS, 'command-list', 'Botmother', [NS_COMMANDS]);
      },
      async items(iq) {
        ownFrom(iq);
        const menu = await menuFor(iq);
        const jid = addressOf(iq);
        const items = offer.nodes.map((node) => xml('item', { jid, node, name: menu.nameOf(node) }));
        return xml('query', { xmlns: NS_DISCO_ITEMS, node: NS_COMMANDS }, ...items);
      },
    }),
  );
  for (const node of offer.nodes) {
    scope.add(
      session.disco.offer(node, {
        async info(iq) {
          ownFrom(iq);
          const menu = await menuFor(iq);
          return infoOf(node, 'command-node', menu.nameOf(node), [NS_COMMANDS, NS_DATA_FORM]);
        },
        async items(iq) {
          ownFrom(iq);
          return xml('query', { xmlns: NS_DISCO_ITEMS, node });
        },
      }),
    );
  }
  return scope;
}

function readRequest(command: Element): Omit<Request, 'from'> {
  const asked = attribute(command, 'action') ?? 'execute';
  const action = ACTIONS.find((one) => one === asked);
  if (!action) throw refusal('bad-request', 'malformed-action');
  const values = formsIn(command).find(({ type }) => type === 'submit')?.fields;
  return { node: attribute(command, 'node') ?? '', action, language: languageOf(command), values };
}

/** The one the client chose for this: that of the iq is often the stream's, put there by the server. */
const languageOf = (payload: Element | undefined) => payload && attribute(payload, 'xml:lang');

/** One step of a session, if it is one that was offered (XEP-0050, 3.4). */
async function step({ run, last }: Running, { action, values }: Request): Promise<AdHocStep> {
  const { hasPrevious, isLast } = last.ask ?? { hasPrevious: false, isLast: true };
  if (action === 'prev') {
    if (!hasPrevious) throw refusal('bad-request', 'bad-action');
    return run.back();
  }
  // Without an action the default is meant.
  if (action !== 'execute' && action !== (isLast ? 'complete' : 'next')) {
    throw refusal('bad-request', 'bad-action');
  }
  if (!values) throw refusal('bad-request', 'bad-payload');
  return run.submit(values);
}

function shown(id: string, node: string, language: string, { note, ask }: AdHocStep): Element {
  const noted = note && xml('note', { type: note.type }, note.text);
  if (!ask) return commandElement(id, node, language, 'completed', noted);
  const forward = ask.isLast ? 'complete' : 'next';
  const actions = xml(
    'actions',
    { execute: forward },
    ask.hasPrevious ? xml('prev') : undefined,
    xml(forward),
  );
  return commandElement(id, node, language, 'executing', actions, askForm(ask.form), noted);
}

const commandElement = (
  sessionid: string,
  node: string,
  language: string,
  status: 'executing' | 'completed' | 'canceled',
  ...children: (Element | undefined)[]
) => xml('command', { xmlns: NS_COMMANDS, node, sessionid, status, 'xml:lang': language }, ...children);

const infoOf = (node: string, type: string, name: string, features: readonly string[]) =>
  xml(
    'query',
    { xmlns: NS_DISCO_INFO, node },
    xml('identity', { category: 'automation', type, name }),
    ...features.map((feature) => xml('feature', { var: feature })),
  );

/** An error of the command itself (XEP-0050, 4.5). */
const refusal = (condition: 'bad-request' | 'not-allowed', detail: string) =>
  new StanzaError(condition, condition === 'not-allowed' ? 'cancel' : 'modify', '', {
    name: detail,
    namespace: NS_COMMANDS,
  });
