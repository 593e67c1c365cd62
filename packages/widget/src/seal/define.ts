import { defineOnce } from '../define-once.js';
import { SkySealDialog } from './sky-seal-dialog.js';
import { SkySealImage } from './sky-seal-image.js';
import { SkySealPad } from './sky-seal-pad.js';
import { SkySealPreview } from './sky-seal-preview.js';
import { SkySealText } from './sky-seal-text.js';

defineOnce({
  'sky-seal-dialog': SkySealDialog,
  'sky-seal-image': SkySealImage,
  'sky-seal-pad': SkySealPad,
  'sky-seal-preview': SkySealPreview,
  'sky-seal-text': SkySealText,
});

declare global {
  interface HTMLElementTagNameMap {
    'sky-seal-dialog': SkySealDialog;
    'sky-seal-image': SkySealImage;
    'sky-seal-pad': SkySealPad;
    'sky-seal-preview': SkySealPreview;
    'sky-seal-text': SkySealText;
  }
}
