// Opens the token of the completion mail. Each file gets a ticket for one minute, so a click asks for a fresh one.
import { momentOf, sizeOf, wordsFor } from './download-words.js';

const memory = 'sky-sign-download';
const place = document.querySelector('#place');
/** Seconds between quiet looks for certificates: they are written a moment after the last signature. */
const looks = [2, 4, 8, 16];

let words = wordsFor();

function takeToken() {
  const fragment = location.hash.slice(1);
  if (fragment !== '') {
    history.replaceState(null, '', location.pathname + location.search);
    sessionStorage.setItem(memory, fragment);
  }
  return sessionStorage.getItem(memory) ?? '';
}

/** `undefined` where the token opens nothing. */
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
  words = wordsFor(response.headers.get('Content-Language') ?? 'ja');
  return response.json();
}

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

function icon(name) {
  const [svg, use] = ['svg', 'use'].map((each) => document.createElementNS('http://www.w3.org/2000/svg', each));
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  use.setAttribute('href', `#icon-${name}`);
  svg.append(use);
  return svg;
}

const part = (name) => place.querySelector(`[data-${name}]`);

/** One of the page's templates, from its heading. */
function show(name) {
  place.replaceChildren(document.querySelector(`#${name}`).content.cloneNode(true));
  for (const each of place.querySelectorAll('[data-word]')) each.textContent = words[each.dataset.word];
  document.documentElement.lang = words.lang;
  document.title = words.page;
  part('retry')?.addEventListener('click', () => location.reload());
  place.querySelector('h1')?.focus();
}

function render(page, token) {
  show('ready');
  part('subject').textContent = page.envelope.title;
  part('sender').textContent = page.sender;
  part('number').textContent = page.envelope.number;
  part('days').textContent = words.days(page.daysLeft, momentOf(page.expiresAt, words));
  part('files').replaceChildren(...page.documents.flatMap((file) => [documentRow(file, token), certificateRow(file, token)]));
  part('steps').replaceChildren(...page.recipients.map(step));
  if (page.documents.every(({ certificate }) => certificate)) return;
  part('again').addEventListener('click', () => void lookAgain(token));
  part('status').textContent = words.wait;
  void lookQuietly(token);
}

const row = (shape, name, note, ...action) => element('li', '', icon(shape), element('div', '', element('div', 'name', name), element('div', 'muted', note)), ...action);

function documentRow(file, token) {
  return row('file', `${file.name}.pdf`, sizeOf(file.length), link(file.name, file.path, (event) => void download(event, token, ({ documents }) => documents.find(({ id }) => id === file.id))));
}

/** The certificate of a contract stands under its document. */
function certificateRow(file, token) {
  const made = file.certificate
    ? row('certificate', words.certificate, [file.name, sizeOf(file.certificate.length)].join(words.separator), link(words.certificateOf(file.name), file.certificate.path, (event) => void download(event, token, ({ documents }) => documents.find(({ id }) => id === file.id)?.certificate)))
    : row('certificate', words.certificate, [file.name, words.writing].join(words.separator));
  if (!file.certificate) made.dataset.awaited = file.id;
  return made;
}

function link(name, path, onClick) {
  const made = element('a', 'button line', icon('download'), words.download);
  made.setAttribute('aria-label', words.downloadOf(name));
  made.href = path;
  made.download = '';
  made.addEventListener('click', onClick);
  return made;
}

function step({ name, organization, role, status, at, you }, index) {
  const state = role === 'copy' ? words.copy : role === 'approver' && status === 'signed' ? words.approved : words.states[status];
  const note = [at && role !== 'copy' ? momentOf(at, words) : '', you ? words.you : ''].filter(Boolean).join(words.separator);
  const disc = element('span', 'disc', status === 'signed' ? icon('tick') : String(index + 1));
  disc.setAttribute('aria-hidden', 'true');
  const who = organization && organization !== name ? [organization, words.separator, element('span', 'whole', name)] : [name];
  return element('li', status, disc, element('div', '', element('div', 'name', ...who), element('div', 'muted', note)), element('span', 'state', state));
}

/** Fills in the certificates that are there by now; true when none is awaited any more. */
async function lookOnce(token) {
  const page = await open(token).catch(() => undefined);
  for (const awaited of place.querySelectorAll('[data-awaited]')) {
    const file = page?.documents.find(({ id }) => id === awaited.dataset.awaited);
    if (file?.certificate) awaited.replaceWith(certificateRow(file, token));
  }
  const done = part('awaited') === null;
  if (done) part('status').textContent = words.ready;
  return done;
}

async function lookQuietly(token) {
  for (const seconds of looks) {
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    if (await lookOnce(token)) return;
  }
  part('status').textContent = words.notYet;
  part('again').hidden = false;
}

async function lookAgain(token) {
  part('status').textContent = words.looking;
  if (await lookOnce(token)) {
    part('again').hidden = true;
    part('files').querySelector('li:last-child a').focus();
  } else {
    part('status').textContent = words.notYet;
  }
}

async function download(event, token, pick) {
  event.preventDefault();
  part('problem').textContent = '';
  try {
    const page = await open(token);
    if (page) location.assign(pick(page).path);
    else location.reload();
  } catch {
    part('problem').textContent = words.lost;
  }
}

const token = takeToken();
show('loading');
try {
  const page = token === '' ? undefined : await open(token);
  if (page) render(page, token);
  else show('missing');
} catch {
  show('failed');
}
