// Hands the link's token to the element. It stands in the fragment, which no server and no log ever sees, and is taken out
// of the address at once. This tab keeps it, so that a reload before the access code finds it again.
const memory = 'sky-sign-link';
let here = '';

/** A browser that stores nothing still opens the link; only a reload then needs the mail again. */
function kept(token) {
  here = token ?? here;
  try {
    if (token === '') sessionStorage.removeItem(memory);
    else if (token !== undefined) sessionStorage.setItem(memory, token);
    return sessionStorage.getItem(memory) ?? here;
  } catch {
    return here;
  }
}

function takeToken() {
  const fragment = location.hash.slice(1);
  if (fragment !== '') {
    history.replaceState(null, '', location.pathname + location.search);
    return kept(fragment);
  }
  return kept();
}

function show() {
  const place = document.querySelector('#place');
  const token = takeToken();
  if (!/^skl_/u.test(token)) {
    kept('');
    place.replaceChildren(document.querySelector('#no-link').content.cloneNode(true));
    return;
  }
  const element = document.createElement('sky-sign');
  element.setAttribute('server', location.origin);
  element.setAttribute('token', token);
  place.replaceChildren(element);
}

show();
// Another mail's link, opened in the same tab.
addEventListener('hashchange', () => location.hash !== '' && show());
