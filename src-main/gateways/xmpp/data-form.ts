import { attribute, childElements, childText, type Element, xml } from './element.ts';
import { NS_DATA_FORM } from './namespaces.ts';

const FORM_TYPES = ['form', 'submit', 'cancel', 'result'] as const;

export type FieldValue = string | number | boolean | readonly string[];

/** A data form (XEP-0004) as far as programs need it: what it is about, and the values of its fields. */
export interface DataForm {
  type: (typeof FORM_TYPES)[number];
  /** XEP-0068: says what the names of the fields mean. */
  formType: string | undefined;
  fields: ReadonlyMap<string, readonly string[]>;
}

/** A filled-in form (XEP-0004, 3.2). Fields that are undefined are left out. */
export function submitForm(
  formType: string,
  fields: Readonly<Record<string, FieldValue | undefined>> = {},
): Element {
  const hidden = xml('field', { var: 'FORM_TYPE', type: 'hidden' }, xml('value', {}, formType));
  const filled = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined
      ? []
      : [xml('field', { var: name }, ...textsOf(value).map((one) => xml('value', {}, one)))],
  );
  return xml('x', { xmlns: NS_DATA_FORM, type: 'submit' }, hidden, ...filled);
}

/** A question of a form (XEP-0004, 3.2 and 3.3). */
export interface AskField {
  name: string;
  type: 'text-single' | 'text-multi' | 'list-single' | 'boolean';
  label: string;
  isRequired: boolean;
  /** What stands in it at first. */
  value?: string | undefined;
  options?: readonly { value: string; label: string }[] | undefined;
}

export interface AskForm {
  title: string;
  instructions: string;
  fields: readonly AskField[];
}

/** A form to be filled in (XEP-0004, 3.1). */
export function askForm({ title, instructions, fields }: AskForm): Element {
  const asked = fields.map(({ name, type, label, isRequired, value, options = [] }) =>
    xml(
      'field',
      { var: name, type, label },
      isRequired ? xml('required') : undefined,
      ...(value === undefined ? [] : value.split('\n').map((line) => xml('value', {}, line))),
      ...options.map((option) => xml('option', { label: option.label }, xml('value', {}, option.value))),
    ),
  );
  return xml(
    'x',
    { xmlns: NS_DATA_FORM, type: 'form' },
    xml('title', {}, title),
    // One paragraph each (XEP-0004, 3.1).
    ...instructions.split('\n').map((line) => xml('instructions', {}, line)),
    ...asked,
  );
}

/** Reads a form; undefined for an element that is none. Of fields with the same name the first counts. */
export function readForm(x: Element): DataForm | undefined {
  const type = FORM_TYPES.find((one) => one === (attribute(x, 'type') ?? 'form'));
  if (x.getName() !== 'x' || x.getNS() !== NS_DATA_FORM || !type) return undefined;
  const fields = new Map<string, readonly string[]>();
  let formType: string | undefined;
  for (const field of childElements(x)) {
    const name = attribute(field, 'var');
    if (field.getName() !== 'field' || name === undefined) continue;
    if (name !== 'FORM_TYPE') {
      if (!fields.has(name)) fields.set(name, valuesOf(field));
      continue;
    }
    // XEP-0068, 3.1: in a form that is no submission, a FORM_TYPE that is not hidden means nothing.
    const isHidden = attribute(field, 'type') === 'hidden';
    if (type === 'submit' || isHidden) formType ??= childText(field, 'value', NS_DATA_FORM);
  }
  return { type, formType, fields };
}

/** The forms among the children of an element. */
export const formsIn = (parent: Element): DataForm[] =>
  childElements(parent)
    .map(readForm)
    .filter((form) => form !== undefined);

function textsOf(value: FieldValue): readonly string[] {
  if (typeof value === 'boolean') return [value ? '1' : '0'];
  if (typeof value === 'number') return [String(value)];
  return typeof value === 'string' ? [value] : value;
}

const valuesOf = (field: Element): string[] =>
  childElements(field)
    .filter((one) => one.getName() === 'value')
    .map((one) => one.getText());
