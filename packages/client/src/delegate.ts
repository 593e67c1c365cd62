import { routes } from '@sky-sign/protocol';
import { call } from './call.js';
import { sessionIdOf, type Connection } from './connection.js';

/** Hands the request to a colleague: a new link goes out, this one dies. */
export async function delegate(connection: Connection, to: { name: string; email: string }): Promise<void> {
  await call(connection, {
    what: 'Handing the request on',
    method: 'post',
    path: routes.delegation(sessionIdOf(connection)),
    json: { name: to.name, email: to.email },
    auth: 'token',
    repeatable: false,
  });
}
