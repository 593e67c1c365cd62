// 新しい封筒: documents, people and places, then one call.
import { sendEnvelope, uploadDocument } from './api.js';
import { element, labelled } from './elements.js';
import { openPdf } from './pdf-pages.js';
import { addPlace, kindNames } from './place-fields.js';

const form = document.querySelector('#envelope');
const status = document.querySelector('#new-status');
const lists = { documents: document.querySelector('#documents'), people: document.querySelector('#people'), pages: document.querySelector('#pages') };
const choose = { document: document.querySelector('#place-document'), person: document.querySelector('#place-person') };
/** CSS pixels. */
const widestPage = 680;
const roles = { signer: '署名者', approver: '確認者', copy: '受領者' };

/** Uploaded: `{id, name, pdf, mustView}`; people are lines of the form; places: `{document, person, kind, number, box, page}`. */
let documents = [];
let places = [];
let shown = 0;

export function startNewEnvelope({ sent }) {
  document.querySelector('#files').addEventListener('change', (event) => void addFiles(event.target));
  document.querySelector('#add-person').addEventListener('click', () => addPerson().querySelector('input').focus());
  for (const button of document.querySelectorAll('[data-kind]')) button.addEventListener('click', () => addField(button.dataset.kind));
  choose.document.addEventListener('change', () => void showPages());
  form.addEventListener('submit', (event) => void submit(event, sent));
  addPerson();
}

async function addFiles(input) {
  const files = [...input.files];
  input.value = '';
  for (const file of files) {
    const line = element('li', {}, element('span', {}, file.name), element('span', { class: 'muted' }, '読み込んでいます'));
    lists.documents.append(line);
    try {
      const { id, name, pages } = await uploadDocument(file);
      const entry = { id, name, pdf: await openPdf(file) };
      documents.push(entry);
      const remove = element('button', { type: 'button', class: 'quiet', 'aria-label': `${name} を外す`, click: () => removeDocument(entry, line) }, '外す');
      line.replaceChildren(element('span', {}, name), element('span', { class: 'muted' }, `${pages}ページ`), remove);
      await refresh();
    } catch (error) {
      line.replaceChildren(element('span', {}, file.name), element('span', { class: 'bad' }, error.message));
    }
  }
}

async function removeDocument(entry, line) {
  const at = documents.indexOf(entry);
  places = places.filter((place) => place.document !== at).map((place) => (place.document > at ? { ...place, document: place.document - 1 } : place));
  documents.splice(at, 1);
  line.remove();
  await refresh();
}

function addPerson() {
  const line = element(
    'li',
    { input: updateChoices },
    element('label', {}, '役割', element('select', { name: 'role' }, ...Object.entries(roles).map(([value, name]) => element('option', { value }, name)))),
    labelled('氏名', { name: 'personName', required: true, maxlength: 100 }),
    labelled('会社・所属', { name: 'organization', maxlength: 100 }),
    labelled('メールアドレス', { name: 'email', type: 'email', required: true }),
    labelled('順番（同じ数字は同時）', { name: 'order', type: 'number', min: 1, value: lists.people.children.length + 1 }),
    labelled('アクセスコード', { name: 'accessCode', maxlength: 40, autocomplete: 'off' }),
    labelled('コードの案内', { name: 'accessCodeHint', maxlength: 400 }),
  );
  lists.people.append(line);
  updateChoices();
  return line;
}

function updateChoices() {
  const names = [...lists.people.children].map((line, i) => [i, valueOf(line, 'personName') || `署名者${i + 1}`, valueOf(line, 'role')]);
  // Only signers have fields.
  const signers = names.filter(([, , role]) => role === 'signer');
  fill(choose.person, signers);
  fill(choose.document, documents.map(({ name }, i) => [i, name]));
}

function fill(select, entries) {
  const before = select.value;
  select.replaceChildren(...entries.map(([value, name]) => element('option', { value }, name)));
  if (entries.some(([value]) => String(value) === before)) select.value = before;
}

async function refresh() {
  updateChoices();
  await showPages();
}

/** Draws every page of the chosen document, with the places on it. */
async function showPages() {
  const index = Number(choose.document.value);
  const entry = documents[index];
  const turn = ++shown;
  lists.pages.replaceChildren();
  const width = Math.min(widestPage, lists.pages.clientWidth - 32);
  for (let number = 1; entry && number <= entry.pdf.pages; number++) {
    const page = await entry.pdf.draw(number, width);
    if (turn !== shown) return;
    const holder = element('div', { class: 'page', role: 'group', 'aria-label': `${number}ページ` }, page.canvas);
    holder.page = page;
    holder.number = number;
    lists.pages.append(holder);
    for (const place of places) if (place.document === index && place.number === number) addPlace({ holder, page, place, onRemove: forget });
  }
}

function forget(place) {
  places = places.filter((each) => each !== place);
}

/** Puts a field onto the page that fills most of the view. */
function addField(kind) {
  const view = lists.pages.getBoundingClientRect();
  const visible = (holder) => Math.min(view.bottom, holder.getBoundingClientRect().bottom) - Math.max(view.top, holder.getBoundingClientRect().top);
  const [holder] = [...lists.pages.children].sort((a, b) => visible(b) - visible(a));
  if (!holder) return say('先に文書を選んでください。');
  if (choose.person.value === '') return say('記入欄は署名者に置きます。署名者を追加してください。');
  const place = { kind, document: Number(choose.document.value), person: Number(choose.person.value), number: holder.number };
  places.push(place);
  addPlace({ holder, page: holder.page, place, onRemove: forget }).focus();
}

async function submit(event, sent) {
  event.preventDefault();
  const button = event.submitter ?? form.querySelector('[type=submit]');
  if (button.disabled) return;
  say('');
  if (documents.length === 0) return say('文書を選んでください。');
  const invalid = form.querySelector(':invalid:not(fieldset)');
  if (invalid) {
    invalid.focus();
    return say(`入力を確認してください: ${invalid.closest('label')?.firstChild?.textContent ?? ''}`);
  }
  button.disabled = true;
  try {
    const { id } = await sendEnvelope(collect());
    form.reset();
    documents = [];
    places = [];
    lists.documents.replaceChildren();
    lists.people.replaceChildren();
    addPerson();
    await refresh();
    sent(id);
  } catch (error) {
    say(error.message);
  } finally {
    button.disabled = false;
  }
}

function collect() {
  const value = (name) => form.elements[name].value.trim();
  const given = (entries) => Object.fromEntries(Object.entries(entries).filter(([, each]) => each !== '' && each !== undefined));
  const transaction = given({ date: value('date'), counterparty: value('counterparty'), amount: value('amount') === '' ? '' : Number(value('amount')) });
  return {
    title: value('title'),
    ...given({ controlNumber: value('controlNumber'), message: value('message'), deadline: value('deadline') && new Date(`${value('deadline')}T23:59:59+09:00`).toISOString() }),
    ...(Object.keys(transaction).length > 0 && { transaction }),
    documents: documents.map(({ id, name }) => ({ id, name })),
    recipients: [...lists.people.children].map((line, person) => ({
      name: valueOf(line, 'personName'),
      email: valueOf(line, 'email'),
      role: valueOf(line, 'role'),
      order: Number(valueOf(line, 'order') || 1),
      ...given({ organization: valueOf(line, 'organization'), accessCode: valueOf(line, 'accessCode'), accessCodeHint: valueOf(line, 'accessCodeHint') }),
      fields: places.filter((place) => place.person === person && valueOf(line, 'role') === 'signer').map(({ kind, document: at, number, box, page }) => ({ kind, document: at, page: number, rect: page.toPoints(box), label: kindNames[kind] })),
    })),
    send: true,
  };
}

const valueOf = (line, name) => line.querySelector(`[name=${name}]`).value.trim();

function say(text) {
  status.textContent = text;
}
