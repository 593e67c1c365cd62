// The sender's page: two views behind two links.
import { find, open, startList } from './envelope-list.js';
import { startNewEnvelope } from './new-envelope.js';

const views = ['list', 'new'];

function show() {
  const name = views.find((view) => location.hash === `#${view}`) ?? 'list';
  for (const view of views) document.querySelector(`#${view}`).hidden = view !== name;
  for (const link of document.querySelectorAll('nav a')) {
    if (link.hash === `#${name}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  document.querySelector(`#${name}-title`).focus();
  if (name === 'list') void find();
}

startList();
startNewEnvelope({
  sent: (id) => {
    location.hash = '#list';
    void open(id);
  },
});
addEventListener('hashchange', show);
show();
