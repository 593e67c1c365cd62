import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTestNetwork, createTestPki, type TestIdentity, type TestNetwork, type TestPki } from '@sky-sign/testkit';

export interface AuthorityServer {
  readonly pki: TestPki;
  readonly network: TestNetwork;
  readonly signer: TestIdentity;
  readonly tsaUrl: string;
  close(): Promise<void>;
}

/** A test authority behind a socket of this machine: timestamps, OCSP, lists and certificates by HTTP. */
export async function startAuthorityServer(): Promise<AuthorityServer> {
  let network: TestNetwork | undefined;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      answer(network, request.url ?? '', new Uint8Array(Buffer.concat(parts))).then(
        (body) => response.end(body),
        () => response.writeHead(404).end(),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { crypto } = globalThis;
  const pki = await createTestPki({ crypto, baseUrl });
  network = createTestNetwork({ crypto, pki, tsa: await pki.issue({ commonName: 'TSA', usage: 'tsa' }) });
  const signer = await pki.issue({ commonName: '山田 太郎', usage: 'signer', keyType: 'RSA-2048' });
  return { pki, network, signer, tsaUrl: `${baseUrl}/tsa`, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

async function answer(network: TestNetwork | undefined, path: string, body: Uint8Array): Promise<Uint8Array> {
  if (!network) throw new Error('not ready');
  if (path === '/tsa') return network.timestamp(body);
  if (path.startsWith('/ocsp/')) return network.ocsp(path, body);
  return path.startsWith('/crl/') ? network.crl(path) : network.certificate(path);
}
