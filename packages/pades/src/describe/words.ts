import type { Modification, Revocation, SubIndication } from '../validate/report.js';
import type { KnownCode } from './codes.js';
import type { Level, SignatureVerdict } from './description.js';

/** Every sentence that a description is made of, in one language. */
export interface Words {
  /** Japanese time with its zone named. */
  readonly time: (at: Date) => string;
  readonly title: Readonly<Record<SignatureVerdict, string>>;
  readonly document: Readonly<Record<SignatureVerdict | 'unsigned', string>>;
  readonly signer: (name: string) => string;
  readonly authority: (name: string) => string;
  readonly signerUnknown: string;
  readonly issuer: (name: string) => string;
  readonly validity: (from: string, to: string) => string;
  readonly identity: Readonly<Record<'valid' | 'unknown', string>>;
  readonly isTimestamp: string;
  readonly documentIs: Readonly<Record<'unchanged' | 'changed' | 'unclear', string>>;
  readonly modification: Readonly<Record<Exclude<Modification, 'NONE'>, string>>;
  readonly forbidden: string;
  readonly permissionUnknown: string;
  readonly changedFields: (names: string) => string;
  readonly listed: (names: readonly string[]) => string;
  readonly embeddedTimestamp: (time: string, authority: string) => string;
  readonly documentTimestamp: (time: string, authority: string) => string;
  readonly untrustedTimestamp: (time: string, authority: string) => string;
  readonly ownTime: (time: string) => string;
  readonly claimedTime: (time: string) => string;
  readonly noTime: string;
  readonly longTerm: Readonly<Record<'yes' | 'no', string>>;
  readonly level: Readonly<Record<Level | 'none', string>>;
  readonly revocation: Readonly<Record<Revocation, string>>;
  readonly reason: (text: string) => string;
  readonly location: (text: string) => string;
  readonly statedName: (text: string) => string;
  /** Where later changes are what the conclusion is about. */
  readonly conclusionOfChanges: string;
  readonly conclusion: Readonly<Record<SubIndication, string>>;
  readonly doubts: Readonly<Record<KnownCode, string>>;
  /** For codes of signatures that are said of a timestamp. */
  readonly ofTimestamp: (doubt: string) => string;
  readonly unknownDoubt: (code: string) => string;
  readonly unknownWarning: (code: string) => string;
  readonly revisions: (count: number) => string;
}

