import type { SigningSession } from '@sky-sign/protocol';
import type { SealShape } from './seal-shape.js';

const legalForms =
  '株式会社|有限会社|合同会社|合資会社|合名会社|一般社団法人|一般財団法人|公益社団法人|公益財団法人|社会福祉法人|医療法人|学校法人|宗教法人|特定非営利活動法人|協同組合';

/** What most people want on their seal: the company with its legal form on a line of its own, or the family name. */
export function defaultSealText({ organization, name }: Pick<SigningSession['recipient'], 'organization' | 'name'>): { text: string; shape: SealShape } {
  if (organization === '') return { text: name.split(/[\s　]+/u)[0] ?? name, shape: 'name' };
  const text = organization
    .replace(new RegExp(`^(${legalForms})[\\s　]*(?=.)`, 'u'), '$1\n')
    .replace(new RegExp(`(?<=.)[\\s　]*(${legalForms})$`, 'u'), '\n$1')
    .replace(/[\s　]*\n[\s　]*/gu, '\n');
  return { text, shape: 'square' };
}
