import { fetchRevision, isSkySignError, SkySignError, type Connection, type SkySignErrorCode } from '@sky-sign/client';
import type { SessionDocument } from '@sky-sign/protocol';
import { createDocumentBytes, type DocumentBytes } from '../documents/document-bytes.js';

type Bytes = ReturnType<typeof createDocumentBytes>;

export interface Documents {
  /** The bytes of a document's displayed revision. */
  bytesOf(document: SessionDocument): DocumentBytes;
  /** Asks for both ends of a file, which are what PDF.js reads first, before it does. */
  fetchEnds(document: SessionDocument): void;
  /** Loads and hashes all documents, one after the other, those first that come first. */
  hashAll(documents: readonly SessionDocument[]): Promise<void>;
}

export interface DocumentsListener {
  loaded(documentId: string, bytes: number): void;
  hashed(documentId: string, sha256: string): void;
  failed(documentId: string, code: SkySignErrorCode): void;
}

/** Keeps the bytes of every document that is shown, one store for each revision. */
export function createDocuments(connection: Connection, listener: DocumentsListener): Documents {
  const kept = new Map<string, { sha256: string; bytes: Bytes; hash: Promise<string> | undefined }>();

  function entryOf({ id, sha256, length }: SessionDocument): { sha256: string; bytes: Bytes; hash: Promise<string> | undefined } {
    const before = kept.get(id);
    if (before?.sha256 === sha256) return before;
    let tell: ReturnType<typeof setTimeout> | undefined;
    const bytes = createDocumentBytes({
      length,
      fetchRange: (begin, end) => fetchRevision(connection, { documentId: id, sha256, begin, end }),
      // Ranges come in bursts; one message for each burst is enough.
      onProgress: () => {
        tell ??= setTimeout(() => {
          tell = undefined;
          listener.loaded(id, bytes.loaded);
        }, 100);
      },
    });
    const entry = { sha256, bytes, hash: undefined };
    kept.set(id, entry);
    return entry;
  }

  async function hash(document: SessionDocument): Promise<void> {
    const entry = entryOf(document);
    try {
      entry.hash ??= entry.bytes.digest();
      const sha256 = await entry.hash;
      if (sha256 !== document.sha256) {
        throw new SkySignError('bytes_differ', `${document.name}: what was received is not what the server announced.`);
      }
      listener.hashed(document.id, sha256);
    } catch (error) {
      entry.hash = undefined;
      listener.failed(document.id, isSkySignError(error) ? error.code : 'network_failed');
    }
  }

  return {
    bytesOf: (document) => entryOf(document).bytes,
    fetchEnds: (document) => {
      const { bytes } = entryOf(document);
      // What fails is asked for again when it is read, and told then.
      for (const at of [0, document.length - 1]) bytes.read(at, at + 1).catch(() => undefined);
    },
    hashAll: async (documents) => {
      for (const document of documents) await hash(document);
    },
  };
}
