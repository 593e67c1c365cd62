import { routes, type DownloadPage } from '@sky-sign/protocol';
import type { Connection } from './connection.js';
import { translateError } from './translate-error.js';

/** What the link of a completion mail opens; `path` of each document is good for one minute. */
export async function startDownload({ http }: Pick<Connection, 'http'>, { token }: { token: string }): Promise<DownloadPage> {
  try {
    const path = routes.downloads.slice(1);
    return await http.post(path, { json: { token }, cache: 'no-store', credentials: 'omit', retry: 2, timeout: 20_000 }).json<DownloadPage>();
  } catch (error) {
    throw await translateError(error, 'Opening the download page');
  }
}
