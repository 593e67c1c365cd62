// Opens the token of the completion mail. Each file gets a ticket for one minute, so a click asks for a fresh one.
const memory = 'sky-sign-download';
const place = document.querySelector('#place');
const states = { waiting: '待機中', active: '確認中', sealing: '処理中', signed: '署名済み', declined: '辞退', delegated: '他の人に依頼' };

function takeToken() {
  const fragment = location.hash.slice(1);
  if (fragment !== '') {
    history.replaceState(null, '', location.pathname + location.search);
    sessionStorage.setItem(memory, fragment);
  }
  return sessionStorage.getItem(memory) ?? '';
}

async function open(token) {
  const response = await fetch('/v1/downloads', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token }),
    cache: 'no-store',
    credentials: 'omit',
  });
  if (response.status === 404 || response.status === 400) return undefined;
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function show(name) {
  place.replaceChildren(document.querySelector(`#${name}`).content.cloneNode(true));
}

function render(page, token) {
  show('ready');
  const put = (name, ...nodes) => place.querySelector(`[data-${name}]`).append(...nodes);
  put('title', page.envelope.title);
  put('sender', page.sender);
  put('number', page.envelope.number);
  put('days', `ダウンロードできる期間は、あと${page.daysLeft}日です。`);
  put(
    'documents',
    ...page.documents.flatMap((file) => {
      const item = element('li', '');
      const link = element('a', 'ダウンロード', 'button');
      link.setAttribute('aria-label', `ダウンロード　${file.name}`);
      link.href = file.path;
      link.download = '';
      link.addEventListener('click', (event) => void download(event, token, file.id));
      item.append(element('span', `${file.name}.pdf`), element('span', size(file.length), 'muted'), link);
      return [item, certificateOf(file, token)];
    }),
  );
  put(
    'recipients',
    ...page.recipients.map(({ name, organization, role, status, at }) => {
      const item = element('li', '');
      const when = at && role !== 'copy' ? `${new Date(at).toLocaleString('ja-JP', { timeZone: 'Asia/Tokyo' })} (JST)` : '';
      item.append(element('span', `${organization} ${name}`.trim()), element('span', `${stateOf(role, status)} ${when}`.trim(), 'muted'));
      return item;
    }),
  );
}

/** The contract certificate stands under its document; it is written a moment after the last signature. */
function certificateOf(file, token) {
  const item = element('li', '', 'certificate');
  if (!file.certificate) {
    item.append(element('span', '契約締結証明書'), element('span', '作成しています。しばらくしてから、このページを開き直してください。', 'muted'));
    return item;
  }
  const link = element('a', 'ダウンロード', 'button');
  link.setAttribute('aria-label', `ダウンロード　契約締結証明書 ${file.name}`);
  link.href = file.certificate.path;
  link.download = '';
  link.addEventListener('click', (event) => void download(event, token, file.id, 'certificate'));
  item.append(element('span', '契約締結証明書'), element('span', size(file.certificate.length), 'muted'), link);
  return item;
}

/** Approvers sign nothing, and whoever gets a copy does nothing. */
function stateOf(role, status) {
  if (role === 'copy') return '受領者';
  return role === 'approver' && status === 'signed' ? '確認済み' : states[status];
}

async function download(event, token, id, what) {
  event.preventDefault();
  try {
    const file = (await open(token))?.documents.find((each) => each.id === id);
    const path = what === 'certificate' ? file?.certificate?.path : file?.path;
    if (path) location.assign(path);
    else show('missing');
  } catch {
    show('failed');
  }
}

const size = (bytes) => (bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`);

const token = takeToken();
try {
  const page = token === '' ? undefined : await open(token);
  if (page) render(page, token);
  else show('missing');
} catch {
  show('failed');
}
