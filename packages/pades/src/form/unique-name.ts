import type { FormField } from './fields.js';

/** The stem with the first number that no field has; a field's first part is taken too, as "a" beside "a.b" would be one field. */
export function uniqueName(stem: string, fields: readonly FormField[]): string {
  const taken = new Set(fields.flatMap(({ name }) => [name, name.split('.')[0] ?? name]));
  let number = 1;
  while (taken.has(`${stem}${number}`)) number++;
  return `${stem}${number}`;
}
