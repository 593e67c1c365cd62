import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { findChromium } from './find-chromium.mjs';

/** Finds a Chromium; on a Debian machine where we are root it is installed first, with a Japanese font. */
export async function ensureChromium() {
  try {
    return findChromium();
  } catch (error) {
    if (!fs.existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) throw error;
    console.log('No Chromium here: installing it with apt-get.');
    const apt = (...args) =>
      spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=600', ...args], { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    apt('update');
    apt('install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk', 'poppler-utils', 'qpdf', 'openssl');
    return findChromium();
  }
}
