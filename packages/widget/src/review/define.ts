import { defineOnce } from '../define-once.js';
import { SkyBar } from '../elements/sky-bar.js';
import { SkyChecklist } from '../elements/sky-checklist.js';
import { SkyChooseSigner } from '../elements/sky-choose-signer.js';
import { SkyCompleted } from '../elements/sky-completed.js';
import { SkyCompleting } from '../elements/sky-completing.js';
import { SkyConfirm } from '../elements/sky-confirm.js';
import { SkyDecline } from '../elements/sky-decline.js';
import { SkyDelegate } from '../elements/sky-delegate.js';
import { SkyEnvelopeFacts } from '../elements/sky-envelope-facts.js';
import { SkyField } from '../elements/sky-field.js';
import { SkyFieldInput } from '../elements/sky-field-input.js';
import { SkyHeader } from '../elements/sky-header.js';
import { SkyPage } from '../elements/sky-page.js';
import { SkyPageList } from '../elements/sky-page-list.js';
import { SkyPages } from '../elements/sky-pages.js';
import { SkyProgress } from '../elements/sky-progress.js';
import { SkySheet } from '../elements/sky-sheet.js';
import { SkyTabs } from '../elements/sky-tabs.js';
import { SkyToolbar } from '../elements/sky-toolbar.js';
import { SkyReview } from './sky-review.js';

defineOnce({
  'sky-bar': SkyBar,
  'sky-checklist': SkyChecklist,
  'sky-choose-signer': SkyChooseSigner,
  'sky-completed': SkyCompleted,
  'sky-completing': SkyCompleting,
  'sky-confirm': SkyConfirm,
  'sky-decline': SkyDecline,
  'sky-delegate': SkyDelegate,
  'sky-envelope-facts': SkyEnvelopeFacts,
  'sky-field': SkyField,
  'sky-field-input': SkyFieldInput,
  'sky-header': SkyHeader,
  'sky-page': SkyPage,
  'sky-page-list': SkyPageList,
  'sky-pages': SkyPages,
  'sky-progress': SkyProgress,
  'sky-review': SkyReview,
  'sky-sheet': SkySheet,
  'sky-tabs': SkyTabs,
  'sky-toolbar': SkyToolbar,
});

declare global {
  interface HTMLElementTagNameMap {
    'sky-bar': SkyBar;
    'sky-checklist': SkyChecklist;
    'sky-choose-signer': SkyChooseSigner;
    'sky-completed': SkyCompleted;
    'sky-completing': SkyCompleting;
    'sky-confirm': SkyConfirm;
    'sky-decline': SkyDecline;
    'sky-delegate': SkyDelegate;
    'sky-envelope-facts': SkyEnvelopeFacts;
    'sky-field': SkyField;
    'sky-field-input': SkyFieldInput;
    'sky-header': SkyHeader;
    'sky-page': SkyPage;
    'sky-page-list': SkyPageList;
    'sky-pages': SkyPages;
    'sky-progress': SkyProgress;
    'sky-review': SkyReview;
    'sky-sheet': SkySheet;
    'sky-tabs': SkyTabs;
    'sky-toolbar': SkyToolbar;
  }
}
