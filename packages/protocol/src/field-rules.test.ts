import { expect } from 'chai';
import { checkSubmission, checkValue } from './field-rules.js';
import type { Field } from './fields.js';

const text: Field = {
  id: 't', documentId: 'd', kind: 'text', page: 1, rect: [0, 0, 10, 10], required: true, label: '所在地', guide: '',
  input: 'text', multiline: false, maxLength: 5, fontSize: 11,
};
const seal: Field = { ...text, id: 's', kind: 'signature' };
const tick: Field = { ...text, id: 'c', kind: 'checkbox' };
const optional: Field = { ...text, id: 'o', required: false };

describe('checkValue', () => {
  const refusals: [what: string, field: Partial<Field>, value: string | boolean | undefined, reason: string][] = [
    ['nothing in a required field', {}, undefined, 'required'],
    ['blanks in a required field', {}, ' 　', 'required'],
    ['an unticked required box', { kind: 'checkbox' }, false, 'required'],
    ['text in a checkbox', { kind: 'checkbox' }, 'on', 'wrong_type'],
    ['a tick in a text field', {}, true, 'wrong_type'],
    ['a value for a seal', { kind: 'signature' }, 'x', 'wrong_type'],
    ['one character too many', {}, '123456', 'too_long'],
    ['two lines in one', {}, 'a\nb', 'not_one_line'],
    ['a control character', { multiline: true }, 'a\u0007', 'control_character'],
    ['a half surrogate', {}, '\ud83d', 'control_character'],
    ['letters for a telephone number', { input: 'tel', maxLength: 20 }, 'abc-defg', 'not_tel'],
    ['an address without @', { input: 'email', maxLength: 20 }, 'a.example', 'not_email'],
    ['a word for a number', { input: 'number' }, 'five', 'not_number'],
    ['six digits for a postal code', { input: 'postal-code', maxLength: 9 }, '980-001', 'not_postal_code'],
    ['the 30th of February', { kind: 'date' }, '2026-02-30', 'not_date'],
    ['what is not on the list', { kind: 'choice', options: [{ value: 'a', label: 'A' }] }, 'A', 'not_an_option'],
    ['a button that is not there', { kind: 'radio', options: [] }, 'Off', 'not_an_option'],
    ['no choice where one is required', { kind: 'radio', options: [] }, undefined, 'required'],
    ['a tick for a choice', { kind: 'choice', options: [{ value: 'true', label: '' }] }, true, 'wrong_type'],
    ['a date in another form', { kind: 'date' }, '2026/02/03', 'not_date'],
  ];
  for (const [what, change, value, reason] of refusals) {
    it(`refuses ${what}`, () => expect(checkValue({ ...text, ...change }, value)).to.equal(reason));
  }

  it('takes an option by its value', () => expect(checkValue({ ...text, kind: 'radio', options: [{ value: '0', label: '現金' }] }, '0')).to.equal(undefined));
  it('counts 𠮷 as one character', () => expect(checkValue(text, '𠮷𠮷𠮷𠮷𠮷')).to.equal(undefined));
  it('takes a telephone number in half or full width', () => {
    const tel: Field = { ...text, input: 'tel', maxLength: 20 };
    for (const value of ['022-123-4567', '０２２－１２３－４５６７', '+81 22 123 4567']) expect(checkValue(tel, value), value).to.equal(undefined);
  });
  it('takes nothing in an optional field', () => expect(checkValue(optional, '')).to.equal(undefined));
});

describe('checkSubmission', () => {
  it('takes what is complete', () => {
    const submission = { values: [{ fieldId: 't', value: '青葉' }, { fieldId: 'c', value: true }], seals: [{ fieldId: 's' }] };
    expect(checkSubmission([text, seal, tick, optional], submission)).to.deep.equal([]);
  });

  it("refuses values for somebody else's field, values for seals, and doubles", () => {
    const submission = {
      values: [{ fieldId: 'foreign', value: 'x' }, { fieldId: 's', value: 'x' }, { fieldId: 't', value: 'a' }, { fieldId: 't', value: 'b' }],
      seals: [{ fieldId: 't' }, { fieldId: 's' }, { fieldId: 's' }],
    };
    expect(checkSubmission([text, seal], submission)).to.deep.equal([
      { fieldId: 'foreign', reason: 'unknown_field' },
      { fieldId: 's', reason: 'unknown_field' },
      { fieldId: 't', reason: 'duplicate' },
      { fieldId: 't', reason: 'unknown_field' },
      { fieldId: 's', reason: 'duplicate' },
    ]);
  });

  it('names every required field that is missing', () => {
    expect(checkSubmission([text, seal, tick, optional], { values: [], seals: [] }).map((p) => p.fieldId)).to.deep.equal(['t', 's', 'c']);
  });
});
