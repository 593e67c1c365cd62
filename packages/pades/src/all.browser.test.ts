// The neutral tests once more, in a browser: its WebCrypto, no Node.
import './cms/certificate.test.js';
import './cms/der.test.js';
import './cms/timestamp.test.js';
import './encryption/ciphers.test.js';
import './form/prepare-pdf.test.js';
import './inspect/inspect-pdf.test.js';
import './ltv/augment-pdf.test.js';
import './network/fetch-transport.test.js';
import './pdf/file.test.js';
import './pdf/parser.test.js';
import './repair/repair-pdf.test.js';
import './revocation/status.test.js';
import './sign/fill-fields.test.js';
import './sign/new-field.test.js';
import './sign/sequences.test.js';
import './sign/sign-pdf.test.js';
import './validate/validate-pdf.test.js';
