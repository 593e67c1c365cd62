import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import { html } from 'hono/html';
import { pageHeaders } from '../http/page-headers.js';
import { listMails } from '../outbox/list-mails.js';
import { notFound, problemResponse } from '../problem.js';
import type { Services } from '../services.js';
import { serveFile } from './serve-files.js';

const pages = path.join(path.dirname(fileURLToPath(import.meta.url)), '../pages');

interface PageOptions {
  readonly assets: readonly string[];
  /** Whether `/outbox` shows the mails: everybody who can open it can sign as anybody, so only in development. */
  readonly outbox: boolean;
}

/** The hosted pages and the files that they load. */
export function pageRoutes(services: Services, { assets, outbox }: PageOptions): Hono {
  const app = new Hono();
  const page = (name: string) => async (request: Request) => {
    const response = (await serveFile([pages], name, request)) ?? problemResponse(notFound());
    response.headers.set('Cache-Control', 'no-store');
    return response;
  };
  app.get('/sign', (c) => page('sign.html')(c.req.raw));
  app.get('/download', (c) => page('download.html')(c.req.raw));
  app.get('/pages/:name', async (c) => (await serveFile([pages], c.req.param('name'), c.req.raw)) ?? problemResponse(notFound()));
  app.get('/assets/*', async (c) => (await serveFile(assets, c.req.path.slice('/assets/'.length), c.req.raw)) ?? problemResponse(notFound()));
  app.get('/favicon.ico', (c) => c.body(null, 204));
  if (outbox) {
    app.get('/outbox', async (c) => {
      const mails = [...(await listMails(services))].reverse();
      return c.html(outboxPage(mails), 200, { ...pageHeaders });
    });
  }
  return app;
}

function outboxPage(mails: Awaited<ReturnType<typeof listMails>>): ReturnType<typeof html> {
  const time = (date: Date): string => `${date.toLocaleString('ja-JP', { year: 'numeric', month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Tokyo' })}（日本時間）`;
  return html`<!doctype html>
    <html lang="ja">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>送信済みメール（開発用）</title>
        <link rel="stylesheet" href="/pages/pages.css" />
      </head>
      <body>
        <main class="column wide">
          <h1>送信済みメール（開発用）</h1>
          <p class="note">開発用の画面です。メールは外部に送信されず、ここに表示されます。古い順に並んでいます。</p>
          ${mails.length === 0 ? html`<p>メールはまだありません。</p>` : ''}
          ${mails.map(
            ({ id, to, subject, body, sentAt }) => html`<article class="mail" aria-labelledby="${id}">
              <h2 id="${id}">${subject}</h2>
              <p class="muted">宛先 ${to}　${time(sentAt)}</p>
              <div class="words">${body.split('\n').map((line) => html`${linked(line)}<br />`)}</div>
            </article>`,
          )}
        </main>
      </body>
    </html>`;
}

function linked(line: string): string | ReturnType<typeof html> {
  return /^https?:\/\/\S+$/u.test(line) ? html`<a href="${line}">${line}</a>` : line;
}
