// For tests: presses that the browser itself makes, and therefore trusts; asked for over the test runner's socket.
interface Socket {
  sendMessageWaitForResponse(message: object): Promise<{ executed: boolean }>;
}

/** Not a literal, so that the bundler leaves it to the test runner. */
const socketPath = '/__web-dev-server__web-socket.js';

async function command(name: string, payload: object): Promise<void> {
  const socket = (await import(socketPath)) as Socket;
  const sessionId = new URL(location.href).searchParams.get('wtr-session-id');
  const { executed } = await socket.sendMessageWaitForResponse({ type: 'wtr-command', sessionId, command: name, payload });
  if (!executed) throw new Error(`The test runner does not know ${name}.`);
}

/** Clicks the middle of an element, `times` times. */
export async function press(element: Pick<HTMLElement, 'scrollIntoView' | 'getBoundingClientRect'>, times = 1): Promise<void> {
  element.scrollIntoView({ block: 'center', behavior: 'instant' });
  const { left, top, width, height } = element.getBoundingClientRect();
  const position = [Math.round(left + width / 2), Math.round(top + height / 2)];
  for (let time = 0; time < times; time += 1) await command('send-mouse', { type: 'click', position, button: 'left' });
}

/** Draws a line from point to point, in page pixels. */
export async function drag(points: readonly (readonly [number, number])[]): Promise<void> {
  const [first, ...rest] = points;
  if (!first) return;
  await command('send-mouse', { type: 'move', position: first });
  await command('send-mouse', { type: 'down', button: 'left' });
  for (const point of rest) await command('send-mouse', { type: 'move', position: point });
  await command('send-mouse', { type: 'up', button: 'left' });
}

/** Presses a key, as `Enter` or `Control+f`. */
export async function key(press: string): Promise<void> {
  const held = press.split('+');
  const last = held.pop() ?? '';
  for (const down of held) await command('send-keys', { down });
  await command('send-keys', { press: last });
  for (const up of held.reverse()) await command('send-keys', { up });
}

/** Types text, key by key, into what has the focus. */
export async function keys(text: string): Promise<void> {
  await command('send-keys', { type: text });
}

export async function setViewport(width: number, height: number): Promise<void> {
  await command('set-viewport', { width, height });
}

/** How the system is set up; whether this engine's driver can do that. */
export async function emulate(media: { forcedColors: 'active' | 'none'; reducedMotion: 'reduce' | 'no-preference' }): Promise<boolean> {
  try {
    await command('emulate-media', media);
    return matchMedia(`(forced-colors: ${media.forcedColors})`).matches;
  } catch {
    return false;
  }
}
