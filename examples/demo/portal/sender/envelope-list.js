// 封筒の一覧: search, and one envelope in a dialog.
import { ApiError, auditAddress, fileAddress, findEnvelopes, getEnvelope, remind, takeBack } from './api.js';
import { day, element } from './elements.js';

const search = document.querySelector('#search');
const filters = document.querySelector('#filters');
const list = document.querySelector('#envelopes');
const status = document.querySelector('#list-status');
const more = document.querySelector('#more');
const dialog = document.querySelector('#detail');
const states = { draft: '下書き', sent: '送信済み', in_progress: '署名中', completed: '完了', declined: '辞退', voided: '取消', expired: '期限切れ' };
const people = { waiting: '待機中', active: '確認中', sealing: '署名中', signed: '署名済み', declined: '辞退', delegated: '委任済み' };

let cursor;

/** As in sender.css. */
const wide = matchMedia('(min-width: 640px)');

export function startList() {
  const unfold = () => (filters.open = wide.matches);
  wide.addEventListener('change', unfold);
  unfold();
  search.addEventListener('submit', (event) => {
    event.preventDefault();
    void find();
  });
  more.addEventListener('click', () => void find(cursor));
}

/** Shows the first page of what the form asks for, or the next one. */
export async function find(after) {
  const asked = Object.fromEntries([...new FormData(search)].filter(([, value]) => value !== ''));
  try {
    const page = await findEnvelopes(after ? { ...asked, cursor: after } : asked);
    if (!after) list.replaceChildren();
    list.append(...page.envelopes.map(line));
    cursor = page.next;
    more.hidden = !cursor;
    status.textContent = list.children.length === 0 ? '該当する封筒はありません。' : '';
  } catch (error) {
    status.textContent = wordsOf(error);
  }
}

function line({ id, title, number, status: state, controlNumber, transaction }) {
  const facts = [states[state], number, controlNumber, transaction?.counterparty, transaction?.date, transaction?.amount?.toLocaleString('ja-JP', { style: 'currency', currency: 'JPY' })];
  return element('li', {}, element('strong', {}, title), element('button', { type: 'button', class: 'quiet', 'aria-label': `${title} を開く`, click: () => void open(id) }, '開く'), element('span', { class: 'muted' }, facts.filter(Boolean).join('　')));
}

/** One envelope: progress, files, and what can still be done with it. */
export async function open(id) {
  try {
    const envelope = await getEnvelope(id);
    const open = envelope.status === 'sent' || envelope.status === 'in_progress';
    const answer = element('p', { role: 'status' });
    const act = (what, said) => async () => {
      try {
        await what();
        answer.textContent = said;
        await find();
      } catch (error) {
        answer.textContent = wordsOf(error);
      }
    };
    dialog.replaceChildren(
      element('h1', { id: 'detail-title', tabindex: -1 }, envelope.title),
      element('p', { class: 'muted' }, `${states[envelope.status]}　封筒番号 ${envelope.number}`),
      element('h2', {}, '署名の進行状況'),
      element('ol', {}, ...envelope.recipients.map(person)),
      element('h2', {}, '文書'),
      element('ul', {}, ...envelope.documents.map((file) => files(envelope, file))),
      answer,
      element(
        'div',
        { class: 'actions' },
        open && element('button', { type: 'button', class: 'quiet', click: act(() => remind(id), '署名のお願いをもう一度送りました。') }, 'もう一度お願いする'),
        open && element('button', { type: 'button', class: 'quiet', click: () => void askReason(answer, (reason) => act(() => takeBack(id, reason), '封筒を取り消しました。')()) }, '取り消す'),
        element('a', { class: 'button quiet', href: auditAddress(id), download: `${envelope.number}.jsonl` }, '操作ログ'),
        element('button', { type: 'button', click: () => dialog.close() }, '閉じる'),
      ),
    );
    if (!dialog.open) dialog.showModal();
    dialog.querySelector('h1').focus();
  } catch (error) {
    status.textContent = wordsOf(error);
  }
}

function person({ name, organization, role, status: state, at, undeliverableAt }) {
  return element('li', {}, element('span', {}, organization === name ? name : `${organization} ${name}`.trim()), element('span', { class: 'muted' }, `${stateOf(role, state)} ${day(at)}`.trim()), undeliverableAt ? element('span', { class: 'bad' }, 'メールを届けられませんでした') : '');
}

function stateOf(role, state) {
  if (role === 'copy') return '受領者';
  return role === 'approver' && state === 'signed' ? '承認済み' : people[state];
}

function files({ id, status: state }, { id: documentId, name, certificate }) {
  const link = (what, text) => element('a', { class: 'button quiet', href: fileAddress(id, documentId, what), download: '', 'aria-label': `${text} ${name}` }, text);
  return element('li', {}, element('span', {}, name), state === 'draft' ? '' : link('file', 'ダウンロード'), certificate ? link('certificate', '契約締結証明書') : '');
}

/** Asks in the dialog why an envelope is taken back: the recipients are told. */
async function askReason(place, go) {
  const input = element('input', { required: true, maxlength: 1000 });
  const form = element('form', { submit: (event) => (event.preventDefault(), void go(input.value)) }, element('label', {}, '取り消す理由（署名者に伝わります）', input), element('div', { class: 'actions' }, element('button', { type: 'submit' }, 'この理由で取り消す')));
  place.replaceChildren(form);
  input.focus();
}

const wordsOf = (error) => (error instanceof ApiError ? error.message : 'うまくいきませんでした。もう一度お試しください。');
