// The portal's side of embedding: hand over a way to get tokens, and follow the events.
const element = document.querySelector('sky-sign');
const list = document.querySelector('#events');

// Asked for at the start and whenever a session has ended; the portal's own back end opens the session.
element.getToken = async () => {
  const response = await fetch('/portal/embed-token', { method: 'POST' });
  if (response.status === 409) showEnd();
  if (!response.ok) throw new Error(`The portal answered ${response.status}.`);
  return (await response.json()).token;
};

/** A portal knows from its own records when there is nothing to sign; this one hears it from the server. */
function showEnd() {
  const words = document.createElement('p');
  words.className = 'portal-end';
  words.textContent = 'この契約の手続きは終わっています。署名した文書は、メールのリンクから確認できます。';
  element.replaceWith(words);
}

const names = [
  'sky-ready',
  'sky-loaded',
  'sky-step-change',
  'sky-authenticated',
  'sky-viewed',
  'sky-change',
  'sky-field-signed',
  'sky-field-cleared',
  'sky-before-complete',
  'sky-signed',
  'sky-completed',
  'sky-declined',
  'sky-delegated',
  'sky-cancel',
  'sky-expired',
  'sky-error',
];
for (const name of names) {
  element.addEventListener(name, (event) => {
    const line = document.createElement('li');
    const time = document.createElement('time');
    time.textContent = new Date().toLocaleTimeString('ja-JP');
    const what = document.createElement('span');
    what.textContent = [name, event.step, event.code, event.fieldId].filter(Boolean).join('　');
    line.append(time, what);
    list.prepend(line);
  });
}
