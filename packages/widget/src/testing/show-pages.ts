// For tests: the pages of one PDF, without a journey around them.
import '../review/define.js';
import { createDocumentBytes } from '../documents/document-bytes.js';
import type { SkyPages } from '../elements/sky-pages.js';
import { loadMessages } from '../messages/messages.js';
import { until } from './screen.js';
import { deep } from './signing-steps.js';

const assetsUrl = new URL('/assets/pdfjs/', location.href).href;

/** The pages of `file` in an element of 800 × 600, once the first is painted, or once it is said that they cannot be shown. */
export async function showPages(file: Uint8Array, { failing = false } = {}): Promise<SkyPages> {
  const element = document.createElement('sky-pages');
  Object.assign(element.style, { display: 'block', height: '600px', width: '800px' });
  element.messages = await loadMessages('ja');
  element.assetsUrl = assetsUrl;
  element.bytes = createDocumentBytes({ length: file.length, fetchRange: async (begin, end) => file.slice(begin, end) });
  document.body.append(element);
  await until(() => deep(element, failing ? '[role=alert]' : 'canvas'), failing ? 'the message' : 'a painted page');
  return element;
}

export function removePages(): void {
  document.querySelectorAll('sky-pages').forEach((element) => element.remove());
}
