import { PadesError } from '../errors.js';
import { readAddresses } from './addresses.js';
import type { StatusAnswer, StatusQuestion } from './answer.js';
import { checkRevocationList } from './crl.js';
import { checkOcspResponse, ocspQuery, refusesRequest } from './ocsp.js';

/** DER OCSPRequest in, DER OCSPResponse out. */
export type OcspFunction = (url: string, request: Uint8Array) => Promise<Uint8Array>;
export type DownloadFunction = (url: string) => Promise<Uint8Array>;

/** The network as functions; one that is absent is not asked. */
export interface StatusNetwork {
  readonly ocsp?: OcspFunction | undefined;
  /** A DER certificate revocation list. */
  readonly crl?: DownloadFunction | undefined;
  /** A DER certificate, or certificates only as PKCS#7. */
  readonly certificate?: DownloadFunction | undefined;
}

/** Answers that are at hand already, from a file's DSS. */
export interface StoredAnswers {
  readonly ocsps: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
}

export interface StatusSources {
  readonly network: StatusNetwork;
  readonly stored: StoredAnswers;
}

/**
 * What is known of a certificate that was used at `proven`: stored answers made after that, else OCSP, else CRLs, else
 * stored answers that held at that time. An authority's own certificate is looked up in CRLs first: OCSP responses that a
 * root signs itself are not accepted by every validator. Throws `revocation_unavailable` where nobody answers.
 */
export async function findStatus(question: Omit<StatusQuestion, 'since'> & { readonly proven: Date }, { network, stored }: StatusSources): Promise<StatusAnswer> {
  const failures: unknown[] = [];
  const attempt = async (answer: () => Promise<StatusAnswer>): Promise<StatusAnswer | undefined> => {
    try {
      return await answer();
    } catch (cause) {
      failures.push(cause);
      return undefined;
    }
  };
  const old = { ...question, since: question.proven };
  const fresh = { ...question, since: question.now };
  const { ocsp, crl } = network;
  const addresses = readAddresses(question.certificate);
  const responses = ocsp ? addresses.ocsp.map((url) => () => askOcsp(ocsp, url, fresh)) : [];
  const lists = crl ? addresses.crl.map((url) => async () => checkRevocationList(await crl(url), fresh)) : [];
  const trials: (() => Promise<StatusAnswer>)[] = [
    ...fromStore(stored, { ...old, madeSince: question.proven }),
    ...(question.certificate.isAuthority ? [...lists, ...responses] : [...responses, ...lists]),
    ...fromStore(stored, old),
  ];
  for (const trial of trials) {
    const answer = await attempt(trial);
    // One source that fails is passed over, too many are not.
    question.failures?.check();
    if (answer) return answer;
  }
  const last = failures.at(-1);
  throw new PadesError('revocation_unavailable', `nobody says whether a certificate was revoked${last instanceof Error ? `: ${last.message}` : ''}`, last);
}

function fromStore({ ocsps, crls }: StoredAnswers, question: StatusQuestion): (() => Promise<StatusAnswer>)[] {
  return [...ocsps.map((der) => () => checkOcspResponse(der, question)), ...crls.map((der) => () => checkRevocationList(der, question))];
}

async function askOcsp(ask: OcspFunction, url: string, question: StatusQuestion): Promise<StatusAnswer> {
  const { request, plainRequest, nonce } = await ocspQuery(question);
  const answer = await ask(url, request);
  // Some responders that answer from a cache take no extensions at all.
  return checkOcspResponse(refusesRequest(answer) ? await ask(url, plainRequest) : answer, question, nonce);
}
