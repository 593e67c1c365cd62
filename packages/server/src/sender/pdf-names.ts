import type { PreparedField } from '../store/rows.js';

/** Full names in the sent PDF, one for each place of a field that was rebuilt because it had several. */
export function pdfNames({ pdfName, separate, places = [] }: PreparedField): string[] {
  return separate === true && places.length > 1 ? places.map((_, i) => `${pdfName}.${String(i + 1)}`) : [pdfName];
}
