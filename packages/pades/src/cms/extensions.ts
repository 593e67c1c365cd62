import { TAG, children, expectTlv, readOid, type Tlv } from './der.js';

/** An extension of a certificate or of a revocation list (RFC 5280, 4.1). */
export interface Extension {
  readonly id: string;
  readonly critical: boolean;
  /** DER. */
  readonly value: Uint8Array;
}

export function readExtensions(list: Tlv): Extension[] {
  return children(expectTlv(list, TAG.sequence)).map((extension) => {
    const [id, ...rest] = children(expectTlv(extension, TAG.sequence));
    const critical = rest.length > 1 && expectTlv(rest[0], TAG.boolean).content[0] !== 0;
    return { id: readOid(id), critical, value: expectTlv(rest.at(-1), TAG.octetString).content };
  });
}
