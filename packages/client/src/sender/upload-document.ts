import { routes, type UploadedDocument } from '@sky-sign/protocol';
import { asSender, type Sender } from './sender.js';

/** Uploads one PDF; it is refused with a code where it is encrypted, broken, active or too large. */
export async function uploadDocument(sender: Sender, document: { name: string; bytes: BodyInit }): Promise<UploadedDocument> {
  return asSender(`Uploading ${document.name}`, () =>
    sender.http
      .post(routes.documents.slice(1), {
        searchParams: { name: document.name },
        headers: { 'content-type': 'application/pdf' },
        body: document.bytes,
        timeout: false,
      })
      .json<UploadedDocument>(),
  );
}
