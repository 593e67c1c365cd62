import fs from 'node:fs';
import path from 'node:path';
import { findChromium } from '../find-chromium.mjs';

/** The engines that the element is tested in. */
export const engines = ['chromium', 'firefox', 'webkit'];

const places = {
  firefox: [process.env.FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox', 'C:\\Program Files\\Mozilla Firefox\\firefox.exe'],
  driver: [process.env.WEBKIT_DRIVER, '/usr/bin/WebKitWebDriver'],
  miniBrowser: [process.env.MINI_BROWSER, ...libraries().map((folder) => path.join(folder, 'MiniBrowser'))],
  xvfb: ['/usr/bin/Xvfb'],
};

/** The programs that run an engine, or an error that says which Debian packages bring them. */
export function findBrowser(engine) {
  if (engine === 'chromium') return { browser: findChromium() };
  if (engine === 'firefox') return { browser: first('firefox', 'No Firefox was found', 'firefox-esr', 'FIREFOX') };
  if (engine === 'webkit') {
    return {
      driver: first('driver', 'No WebKitWebDriver was found', 'webkit2gtk-driver', 'WEBKIT_DRIVER'),
      browser: first('miniBrowser', 'No MiniBrowser of WebKitGTK was found', 'webkit2gtk-driver', 'MINI_BROWSER'),
      // WebKitGTK has no headless mode.
      ...(process.env.DISPLAY ? {} : { xvfb: first('xvfb', 'WebKitGTK needs a display, and there is no Xvfb', 'xvfb', 'DISPLAY') }),
    };
  }
  throw new Error(`There is no engine "${engine}": ${engines.join(', ')}.`);
}

function first(what, missing, debian, variable) {
  const found = places[what].find((place) => place && fs.existsSync(place));
  if (found) return found;
  throw new Error(`${missing}. Install it (Debian: apt-get install ${debian}), or name one in ${variable}.`);
}

function libraries() {
  const folders = ['/usr/lib', '/usr/libexec', ...(fs.existsSync('/usr/lib') ? fs.readdirSync('/usr/lib').filter((name) => name.endsWith('-linux-gnu')).map((name) => `/usr/lib/${name}`) : [])];
  return folders.flatMap((folder) => ['webkitgtk-6.0', 'webkit2gtk-4.1', 'webkit2gtk-4.0'].map((name) => path.join(folder, name)));
}
