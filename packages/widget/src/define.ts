import { defineOnce } from './define-once.js';
import { SkyAccessCode } from './elements/sky-access-code.js';
import { SkyNotice } from './elements/sky-notice.js';
import { SkySign } from './sky-sign.js';

// Another version of this package on the page keeps what it has defined, as a whole.
if (typeof customElements !== 'undefined' && !customElements.get('sky-sign')) {
  defineOnce({ 'sky-access-code': SkyAccessCode, 'sky-notice': SkyNotice, 'sky-sign': SkySign });
}

export * from './index.js';

declare global {
  interface HTMLElementTagNameMap {
    'sky-access-code': SkyAccessCode;
    'sky-notice': SkyNotice;
  }
}
