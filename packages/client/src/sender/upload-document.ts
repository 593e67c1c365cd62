import { routes, type UploadedDocument } from '@sky-sign/protocol';
import { asSender, type Sender } from './sender.js';

export interface DocumentUpload {
  readonly name: string;
  readonly bytes: NonNullable<RequestInit['body']>;
  /** Whether an unsigned form may be written anew without its fields' scripts, every value drawn. */
  readonly sanitize?: boolean;
  /** Whether files inside the PDF are kept, and listed to the people who sign. */
  readonly allowAttachments?: boolean;
}

/** Uploads one PDF; it is refused with a code where it is encrypted, active, ambiguous, infected or too large. A broken one is repaired, and flagged. */
export async function uploadDocument(sender: Sender, document: DocumentUpload): Promise<UploadedDocument> {
  const { sanitize = false, allowAttachments = false } = document;
  return asSender(`Uploading ${document.name}`, () =>
    sender.http
      .post(routes.documents.slice(1), {
        searchParams: { name: document.name, ...(sanitize && { sanitize }), ...(allowAttachments && { allowAttachments }) },
        headers: { 'content-type': 'application/pdf' },
        body: document.bytes,
        timeout: false,
      })
      .json<UploadedDocument>(),
  );
}
