import { bytesSource } from '../../byte-source.js';
import { readTlv } from '../../cms/der.js';
import { OID } from '../../cms/oids.js';
import { readSignedData } from '../../cms/signed-data.js';
import { readFields } from '../../form/fields.js';
import { joinBytes } from '../../hash.js';
import { openPdf } from '../../pdf/file.js';
import { readSignature } from '../../validate/read-signature.js';
import { inFolder, run } from './tools.js';

/** What openssl says of each CMS over its ByteRange and of its timestamp over the signature value: "ok" or its words. */
export async function opensslVerdicts(bytes: Uint8Array, rootPem: string, only: (field: string) => boolean = () => true): Promise<string[]> {
  const source = bytesSource(bytes);
  const file = await openPdf(source);
  const signed = (await readFields(file)).filter(({ type, value, name }) => type === 'Sig' && value !== null && only(name));
  return Promise.all(
    signed.map(async (field) => {
      const { byteRange, contents } = await readSignature(file, source, field);
      const [start, length, second, rest] = byteRange;
      const cms = readTlv(contents).bytes;
      const { signature, unsigned } = readSignedData(cms);
      const token = unsigned.get(OID.signatureTimestamp)?.[0]?.bytes;
      return inFolder((path) => {
        const root = path('root.pem', rootPem);
        const data = path('data', joinBytes([bytes.subarray(start, start + length), bytes.subarray(second, second + rest)]));
        const verdict = run('openssl', ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', path('cms', cms), '-content', data, '-CAfile', root, '-purpose', 'any', '-out', path('out')]);
        if (verdict.status !== 0) return verdict.output;
        if (!token) return 'no timestamp';
        const stamped = run('openssl', ['ts', '-verify', '-token_in', '-in', path('token', token), '-data', path('value', signature), '-CAfile', root]);
        return stamped.status === 0 ? 'ok' : stamped.output;
      });
    }),
  );
}
