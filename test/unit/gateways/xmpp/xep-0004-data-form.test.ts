import { describe, expect, it } from 'vitest';
import { formsIn, readForm, submitForm } from '../../../../src-main/gateways/xmpp/data-form.ts';
import { xml } from '../../../../src-main/gateways/xmpp/element.ts';
import { pageRequest, readResultSet } from '../../../../src-main/gateways/xmpp/result-set.ts';

const NS = 'jabber:x:data';
const field = (attributes: Record<string, string>, ...values: string[]) =>
  xml('field', attributes, ...values.map((value) => xml('value', {}, value)));

describe('data forms', () => {
  it('reads what it builds', () => {
    const form = submitForm('urn:example', { one: 'a', many: ['b', 'c'], yes: true, n: 5, out: undefined });

    expect(readForm(form)).toEqual({
      type: 'submit',
      formType: 'urn:example',
      fields: new Map([
        ['one', ['a']],
        ['many', ['b', 'c']],
        ['yes', ['1']],
        ['n', ['5']],
      ]),
    });
  });

  it('does not believe a FORM_TYPE that a person could fill in', () => {
    const form = xml(
      'x',
      { xmlns: NS, type: 'form' },
      field({ var: 'FORM_TYPE', type: 'text-single' }, 'urn:x'),
    );

    expect(readForm(form)?.formType).toBeUndefined();
  });

  it('takes the first of two fields with the same name, and fields without a name not at all', () => {
    const form = xml(
      'x',
      { xmlns: NS, type: 'result' },
      field({ var: 'a' }, '1'),
      field({ var: 'a' }, '2'),
      field({}, '3'),
    );

    expect(readForm(form)?.fields).toEqual(new Map([['a', ['1']]]));
  });

  it.each([xml('x', { xmlns: NS, type: 'other' }), xml('x', { xmlns: 'other' }), xml('y', { xmlns: NS })])(
    'leaves %s alone',
    (element) => {
      expect(readForm(element)).toBeUndefined();
      expect(formsIn(xml('query', {}, element))).toEqual([]);
    },
  );
});

describe('result sets', () => {
  it('asks for the last page with an empty before', () => {
    expect(pageRequest({ max: 2, before: '' }).toString()).toBe(
      '<set xmlns="http://jabber.org/protocol/rsm"><max>2</max><before></before></set>',
    );
  });

  it('reads where a page stands', () => {
    const set = xml(
      'set',
      { xmlns: 'http://jabber.org/protocol/rsm' },
      xml('first', { index: '0' }, 'a'),
      xml('last', {}, 'b'),
      xml('count', {}, '800'),
    );

    expect(readResultSet(xml('fin', {}, set))).toEqual({ first: 'a', firstIndex: 0, last: 'b', count: 800 });
  });

  it.each(['-1', '1e3', '', 'many', '9'.repeat(40)])('takes no count from "%s"', (count) => {
    const set = xml('set', { xmlns: 'http://jabber.org/protocol/rsm' }, xml('count', {}, count));

    expect(readResultSet(xml('fin', {}, set))?.count).toBeUndefined();
    expect(readResultSet(xml('fin', {}))).toBeUndefined();
  });
});
