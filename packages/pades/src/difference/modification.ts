/** What later revisions did, the most serious of it: each word includes the ones before, and OTHER is what no rule explains. */
export type Modification = 'NONE' | 'LTA_UPDATES' | 'FORM_FILLING' | 'ANNOTATIONS' | 'OTHER';

const ORDER: readonly Modification[] = ['NONE', 'LTA_UPDATES', 'FORM_FILLING', 'ANNOTATIONS', 'OTHER'];

export const atMost = (a: Modification, b: Modification): boolean => ORDER.indexOf(a) <= ORDER.indexOf(b);
export const worse = (a: Modification, b: Modification): Modification => (atMost(a, b) ? b : a);
