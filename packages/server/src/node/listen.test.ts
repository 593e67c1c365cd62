import { connect } from 'node:net';
import { expect } from 'chai';
import { Hono } from 'hono';
import { listen, timeouts } from './listen.js';

describe('connections', () => {
  it('that send their headers drop by drop are closed, those that are done are answered', async () => {
    const closing: (() => Promise<void>)[] = [];
    const app = new Hono().get('/', (c) => c.text('here'));
    const port = await listen(app, { host: '127.0.0.1', port: 0 }, closing, { ...timeouts, headersTimeout: 300, requestTimeout: 600, connectionsCheckingInterval: 100 });
    const slow = (text: string): Promise<string> =>
      new Promise((resolve) => {
        let answer = '';
        const socket = connect(port, '127.0.0.1', () => socket.write(text));
        const drops = setInterval(() => socket.write('x'), 50);
        socket.on('data', (part) => (answer += part.toString()));
        socket.on('error', () => undefined);
        socket.on('close', () => {
          clearInterval(drops);
          resolve(answer);
        });
      });
    const [headers, body] = await Promise.all([slow('GET / HTTP/1.1\r\nHost: a\r\nX-Slow: '), slow('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n')]);
    expect(headers).to.include('408');
    expect(body).to.match(/408|404/u);
    expect(await (await fetch(`http://127.0.0.1:${String(port)}/`)).text()).to.equal('here');
    for (const close of closing) await close();
  });
});
