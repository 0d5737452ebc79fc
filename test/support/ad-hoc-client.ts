import type { Element } from '@xmpp/xml';
import type { PeerStream } from './scripted-peer.ts';

/** What a command showed: the parts of its answer that a client looks at. */
export interface Shown {
  status: string;
  id: string;
  actions: string[];
  /** What an action without a name means. */
  forward: string;
  note: string;
  noteType: string;
  fields: Record<string, { type: string; label: string; value: string; options: string[] }>;
  instructions: string;
  language: string;
}

export interface AdHocAsk {
  node: string;
  action?: string;
  sessionid?: string;
  values?: Record<string, string | string[]>;
  more?: string;
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll("'", '&apos;');

/** The `<command/>` of a request. */
export function commandXml({ node, action, sessionid, values, more = '' }: AdHocAsk): string {
  const fields = Object.entries(values ?? {}).map(
    ([name, value]) =>
      `<field var='${name}'>${[value]
        .flat()
        .map((one) => `<value>${escaped(one)}</value>`)
        .join('')}</field>`,
  );
  const form = values ? `<x xmlns='jabber:x:data' type='submit'>${fields.join('')}</x>` : '';
  const attributes = [action && `action='${action}'`, sessionid && `sessionid='${sessionid}'`, more]
    .filter(Boolean)
    .join(' ');
  return `<command xmlns='http://jabber.org/protocol/commands' node='${node}' ${attributes}>${form}</command>`;
}

/** Reads the answer to a request. */
export function readShown(iq: Element): Shown {
  const command = iq.getChild('command', 'http://jabber.org/protocol/commands');
  const form = command?.getChild('x', 'jabber:x:data');
  const fields = (form?.getChildren('field') ?? []).map((field) => {
    const options = field.getChildren('option').map((option) => option.getChildText('value') ?? '');
    const value = field
      .getChildren('value')
      .map((one) => one.getText())
      .join('\n');
    return [
      String(field.attrs.var),
      { type: String(field.attrs.type), label: String(field.attrs.label), value, options },
    ] as const;
  });
  const actions = command?.getChild('actions');
  return {
    status: String(command?.attrs.status),
    id: String(command?.attrs.sessionid),
    actions: (actions?.getChildElements() ?? []).map(({ name }) => name),
    forward: String(actions?.attrs.execute ?? ''),
    note: command?.getChildText('note') ?? '',
    noteType: String(command?.getChild('note')?.attrs.type ?? ''),
    fields: Object.fromEntries(fields),
    instructions: (form?.getChildren('instructions') ?? []).map((one) => one.getText()).join('\n'),
    language: String(command?.attrs['xml:lang']),
  };
}

/** The conditions of an error answer, general and special. */
export const conditionsOf = (iq: Element): string[] =>
  (iq.getChild('error')?.getChildElements() ?? []).map(({ name }) => name);

/** Another client, as a scripted server shows it to a session. */
export function adHocClient(stream: PeerStream, from = 'bot@localhost/phone') {
  let asked = 0;
  function send(type: 'get' | 'set', payload: string, sender = from): string {
    asked += 1;
    const id = `q${asked}`;
    const address = sender === '' ? '' : `from='${sender}'`;
    stream.send(`<iq type='${type}' id='${id}' ${address} to='bot@localhost/engine'>${payload}</iq>`);
    return id;
  }
  async function answerTo(id: string): Promise<Element> {
    for (;;) {
      const answer = await stream.expect('iq');
      if (answer.attrs.id === id) return answer;
    }
  }
  const ask = (type: 'get' | 'set', payload: string, sender = from) => answerTo(send(type, payload, sender));
  return {
    send,
    answerTo,
    ask,
    run: async (request: AdHocAsk): Promise<Shown> => readShown(await ask('set', commandXml(request))),
    refused: async (request: AdHocAsk, sender?: string): Promise<string[]> =>
      conditionsOf(await ask('set', commandXml(request), sender)),
  };
}
