import { type DataForm, type FieldValue, formsIn, submitForm } from './data-form.ts';
import { attribute, child, childElements, type Element, xml } from './element.ts';
import { foreignText } from './foreign-text.ts';
import { type Session, StanzaError } from './session.ts';
import { NS_COMMANDS } from './xep-0050-ad-hoc.ts';

/** A command that did not come to a good end: it said so, or it wants what is not given here. */
export class CommandFailed extends Error {
  readonly kind: 'note' | 'form';
  constructor(kind: CommandFailed['kind'], text: string) {
    super(text);
    this.name = 'CommandFailed';
    this.kind = kind;
  }
}

interface Run {
  /** Who offers the command. */
  to: string;
  node: string;
  /** What the form is about (XEP-0068). */
  formType: string;
  fields: Readonly<Record<string, FieldValue>>;
}

/**
 * XEP-0050, the asking side: runs a command that wants one form filled in, and resolves with the forms of its end.
 * Rejects with `CommandFailed` when it ends with an error note or asks for more, with `StanzaError` when it is refused.
 */
export async function runCommand(
  session: Pick<Session, 'request'>,
  { to, node, formType, fields }: Run,
): Promise<DataForm[]> {
  const send = async (attributes: Record<string, string | undefined>, form?: Element) => {
    const command = xml('command', { xmlns: NS_COMMANDS, node, ...attributes }, form);
    const answer = await session.request(xml('iq', { type: 'set', to }, command));
    return child(answer, 'command', NS_COMMANDS) ?? xml('command');
  };
  const asked = await send({ action: 'execute' });
  const sessionid = attribute(asked, 'sessionid');
  if (attribute(asked, 'status') !== 'executing' || sessionid === undefined) return endOf(asked);
  const missing = missingIn(asked, fields);
  // `execute` would be the default; it stands for `complete` here, and both are understood where either is.
  const given = missing ? undefined : submitForm(formType, fields);
  const end = await send({ sessionid, action: given ? 'complete' : 'cancel' }, given);
  if (missing) throw new CommandFailed('form', `The form asks for "${foreignText(missing)}" too`);
  return endOf(end);
}

/** A field that has to be filled in and is not given. */
function missingIn(command: Element, fields: Run['fields']): string | undefined {
  return childElements(command)
    .flatMap(childElements)
    .filter((field) => childElements(field).some((one) => one.getName() === 'required'))
    .map((field) => attribute(field, 'var') ?? '')
    .find((name) => name !== '' && name !== 'FORM_TYPE' && !Object.hasOwn(fields, name));
}

function endOf(command: Element): DataForm[] {
  const notes = childElements(command).filter((one) => one.getName() === 'note');
  const wrong = notes.find((one) => attribute(one, 'type') === 'error');
  if (wrong) throw new CommandFailed('note', foreignText(wrong.getText()));
  if (attribute(command, 'status') !== 'completed')
    throw new CommandFailed('form', 'It does not come to an end');
  return formsIn(command);
}

/** The error says that this side has no right to the command, or that there is no such command. */
export const isNotOffered = (error: unknown): boolean =>
  error instanceof StanzaError && NOT_OFFERED.has(error.condition);

const NOT_OFFERED = new Set([
  'forbidden',
  'not-allowed',
  'not-authorized',
  'item-not-found',
  'service-unavailable',
  'feature-not-implemented',
]);
