import { routes, type Progress } from '@sky-sign/protocol';
import { callJson } from './call.js';
import type { Connection } from './connection.js';

/** Who has signed, whose turn it is, who waits. */
export async function getProgress(connection: Connection, { envelopeId }: { envelopeId: string }): Promise<Progress> {
  return callJson<Progress>(connection, {
    what: 'Reading the progress',
    method: 'get',
    path: routes.progress(envelopeId),
    auth: 'token',
    repeatable: true,
  });
}
