import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { findBrowser } from './find-browser.mjs';
import { openSession } from './webdriver-session.mjs';

const screen = '1920x1400x24';
const started = new Set();
process.on('exit', () => started.forEach(end));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => {
    started.forEach(end);
    process.kill(process.pid, signal);
  });
}

/**
 * Starts WebKitGTK's MiniBrowser by WebKitWebDriver, on a display of its own where there is none, and opens one window.
 * `env` is added to the browser's environment.
 */
export async function startWebKit({ env = {} } = {}) {
  const { driver, browser, xvfb } = findBrowser('webkit');
  const children = [];
  const stop = () => children.reverse().forEach(end);
  try {
    const display = process.env.DISPLAY ?? (await startDisplay(xvfb, children));
    const port = await freePort();
    run(driver, ['--host=127.0.0.1', `--port=${port}`], children, {
      stdio: 'ignore',
      env: {
        ...process.env,
        DISPLAY: display,
        GDK_BACKEND: 'x11',
        NO_AT_BRIDGE: '1',
        LIBGL_ALWAYS_SOFTWARE: '1',
        WEBKIT_DISABLE_COMPOSITING_MODE: '1',
        // Its sandbox wants user namespaces, which containers seldom have.
        WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
        ...env,
      },
    });
    await answers(port);
    const page = await openSession(`http://127.0.0.1:${port}`, {
      browserName: 'MiniBrowser',
      'webkitgtk:browserOptions': { binary: browser, args: ['--automation'] },
    });
    const close = async () => {
      await page.close().catch(() => undefined);
      const ended = children.map((child) => child.exitCode === null && child.signalCode === null && once(child, 'exit'));
      stop();
      await Promise.all(ended);
    };
    return { ...page, close };
  } catch (error) {
    stop();
    throw error;
  }
}

async function startDisplay(xvfb, children) {
  const child = run(xvfb, ['-displayfd', '3', '-screen', '0', screen, '-nolisten', 'tcp'], children, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const [number] = await Promise.race([once(child.stdio[3], 'data'), once(child, 'exit').then(() => Promise.reject(new Error('Xvfb ended.')))]);
  return `:${String(number).trim()}`;
}

/** In a process group of its own, so that what it starts ends with it. */
function run(command, args, children, options) {
  const child = spawn(command, args, { ...options, detached: true });
  children.push(child);
  started.add(child);
  child.once('exit', () => started.delete(child));
  return child;
}

function end(child) {
  started.delete(child);
  try {
    process.kill(-child.pid, 'SIGTERM');
  } catch {
    // It has ended already.
  }
}

async function freePort() {
  const probe = net.createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

async function answers(port) {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const ready = await fetch(`http://127.0.0.1:${port}/status`).then((response) => response.ok, () => false);
    if (ready) return;
    if (Date.now() > deadline) throw new Error('WebKitWebDriver does not answer.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
