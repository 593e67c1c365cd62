import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { developmentAuthority } from '../development/create-development-services.js';
import { createTestPki, importIdentity } from '@sky-sign/testkit';
import type { StoredIdentity, TestIdentity } from '@sky-sign/testkit';

const names = ['root', 'issuing', 'operator', 'tsa'] as const;
export type DevelopmentPki = Readonly<Record<(typeof names)[number], TestIdentity>>;

const warning = `These keys were made by the server for development. Nobody should trust them.
root.pem     what a validator has to trust to accept the signatures made here
*.json       key and certificate of each authority; deleting this folder makes new ones
`;

/** The authorities in `folder`; made at the first start: a root, an issuing authority, the operator, a timestamp authority. */
export async function openDevelopmentPki(crypto: Crypto, folder: string): Promise<{ readonly pki: DevelopmentPki; readonly made: boolean }> {
  const stored = await Promise.all(names.map((name) => readFile(path.join(folder, `${name}.json`), 'utf8').catch(() => undefined)));
  if (stored.every((text) => text !== undefined)) {
    const identities = await Promise.all(stored.map((text) => importIdentity(crypto, JSON.parse(text ?? '') as StoredIdentity)));
    return { pki: Object.fromEntries(names.map((name, i) => [name, identities[i]])) as unknown as DevelopmentPki, made: false };
  }
  const organization = 'sky-sign DEVELOPMENT (do not trust)';
  const { root, issuing, issue } = await createTestPki({ crypto, organization, baseUrl: developmentAuthority });
  const operator = await issue({ commonName: 'sky-sign development operator', usage: 'signer' });
  const tsa = await issue({ commonName: 'sky-sign development TSA', usage: 'tsa' });
  const pki: DevelopmentPki = { root, issuing, operator, tsa };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of names) {
    const file = path.join(folder, `${name}.json`);
    await writeFile(file, JSON.stringify(await pki[name].toJSON(), undefined, 2));
    await chmod(file, 0o600);
    await writeFile(path.join(folder, `${name}.pem`), pki[name].certificatePem());
  }
  await writeFile(path.join(folder, 'README.txt'), warning);
  return { pki, made: true };
}
