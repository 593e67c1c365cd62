// A development timestamp authority (RFC 3161) as a process of its own, which also answers for the status of certificates
// (OCSP, RFC 6960, and lists). Started by the server, or alone with the same DATA_DIR and TSA_PORT. It ends when the channel to its parent closes, so it never outlives the server.
import { createServer } from 'node:http';
import path from 'node:path';
import { Crypto } from '@peculiar/webcrypto';
import { createTestNetwork } from '@sky-sign/testkit';
import { readConfig } from './config.js';
import { openDevelopmentPki } from './development-pki.js';

const { dataDir, host, tsaPort } = readConfig({ ...process.env, NODE_ENV: 'development' });
const crypto = new Crypto() as unknown as globalThis.Crypto;
const { pki } = await openDevelopmentPki(crypto, path.join(dataDir, 'pki'));
const network = createTestNetwork({ crypto, pki, tsa: pki.tsa });

function answer(path: string, body: Uint8Array): Promise<Uint8Array> {
  if (path.startsWith('/ocsp/')) return network.ocsp(path, body);
  return path.startsWith('/crl/') ? network.crl(path) : network.timestamp(body);
}

const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    answer(request.url ?? '/', new Uint8Array(Buffer.concat(parts))).then(
      (reply) => response.writeHead(200, { 'Content-Type': 'application/octet-stream' }).end(reply),
      () => response.writeHead(500).end(),
    );
  });
});
server.on('error', (error) => {
  // A parent knows what to do about a taken port.
  if (!process.send) console.error(`The development TSA cannot listen on ${host}:${String(tsaPort)}: ${error.message}`);
  process.exit(1);
});
server.listen(tsaPort, host, () => {
  const { port } = server.address() as { port: number };
  if (process.connected) process.send?.({ port });
  else if (!process.send) console.log(`Development TSA on http://${host}:${String(port)} (do not trust).`);
});

const end = (): void => {
  server.close(() => process.exit(0));
  server.closeAllConnections();
};
process.on('SIGTERM', end);
if (process.send) {
  process.on('disconnect', end);
  // The parent may have died while this process was still loading.
  if (!process.connected) process.exit(0);
  // Ctrl-C reaches the whole group; the parent decides when it is over.
  process.on('SIGINT', () => undefined);
} else process.on('SIGINT', end);
