// One browser window by the W3C WebDriver protocol (https://www.w3.org/TR/webdriver2/), in the words of Playwright's Page.

/** Keys that have no character of their own (W3C WebDriver, 17.4.2). */
const keys = {
  Backspace: '\uE003', Tab: '\uE004', Enter: '\uE007', Shift: '\uE008', Control: '\uE009', Alt: '\uE00A', Escape: '\uE00C', Space: ' ',
  PageUp: '\uE00E', PageDown: '\uE00F', End: '\uE010', Home: '\uE011', ArrowLeft: '\uE012', ArrowUp: '\uE013', ArrowRight: '\uE014', ArrowDown: '\uE015', Delete: '\uE017',
};
const buttons = { left: 0, middle: 1, right: 2 };

export async function openSession(driver, capabilities) {
  const { sessionId } = await call(`${driver}/session`, 'POST', { capabilities: { alwaysMatch: capabilities } });
  const session = `${driver}/session/${sessionId}`;
  const post = (path, body = {}) => call(`${session}/${path}`, 'POST', body);
  const evaluate = (expression) => post('execute/sync', { script: `return (${expression});`, args: [] });
  const pointer = (...actions) => post('actions', { actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }] });
  const keyboard = (...actions) => post('actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  const move = (x, y) => ({ type: 'pointerMove', duration: 0, x: Math.round(x), y: Math.round(y) });
  const down = (button = 'left') => ({ type: 'pointerDown', button: buttons[button] });
  const up = (button = 'left') => ({ type: 'pointerUp', button: buttons[button] });
  const stroke = (value) => [{ type: 'keyDown', value }, { type: 'keyUp', value }];

  return {
    goto: (url) => post('url', { url }),
    reload: () => post('refresh'),
    url: () => call(`${session}/url`, 'GET'),
    /** The value of an expression in the page, as far as JSON tells it. */
    evaluate,
    screenshot: async () => Buffer.from(await call(`${session}/screenshot`, 'GET'), 'base64'),
    mouse: {
      move: (x, y) => pointer(move(x, y)),
      down: ({ button } = {}) => pointer(down(button)),
      up: ({ button } = {}) => pointer(up(button)),
      click: (x, y, { button, clickCount = 1 } = {}) => pointer(move(x, y), ...Array.from({ length: clickCount }, () => [down(button), up(button)]).flat()),
    },
    keyboard: {
      type: (text) => keyboard(...[...text].flatMap(stroke)),
      /** Until `up`, for what is pressed meanwhile. */
      down: (name) => keyboard({ type: 'keyDown', value: keys[name] ?? name }),
      up: (name) => keyboard({ type: 'keyUp', value: keys[name] ?? name }),
      /** As `Enter`, `a` or `Control+a`. */
      press: (names) => {
        const values = names.split('+').map((name) => keys[name] ?? name);
        return keyboard(...values.map((value) => ({ type: 'keyDown', value })), ...values.reverse().map((value) => ({ type: 'keyUp', value })));
      },
    },
    /** Makes the window so large that the page has this size. */
    setViewportSize: async ({ width, height }) => {
      for (let attempt = 0; attempt < 3; attempt += 1) {
        const shown = await evaluate('[innerWidth, innerHeight]');
        if (shown[0] === width && shown[1] === height) return;
        const rect = await call(`${session}/window/rect`, 'GET');
        await post('window/rect', { width: rect.width + width - shown[0], height: rect.height + height - shown[1] });
      }
    },
    close: () => call(session, 'DELETE'),
  };
}

async function call(url, method, body) {
  const response = await fetch(url, { method, ...(body ? { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } } : {}) });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`WebDriver: ${value?.error ?? response.status}: ${value?.message ?? ''}`);
  return value;
}
