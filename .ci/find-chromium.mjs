import fs from 'node:fs';

const places = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** The path of a Chromium, or a clear error that says how to get one. */
export function findChromium() {
  const found = places.find((place) => place && fs.existsSync(place));
  if (found) return found;
  throw new Error('No Chromium was found. Install it (Debian: apt-get install chromium), or name one in CHROMIUM.');
}
