export { bytesSource, concatSource, readChunks } from './byte-source.js';
export type { ByteSource } from './byte-source.js';
export { PadesError, isPadesError } from './errors.js';
export type { PadesErrorCode } from './errors.js';
export { webCryptoHash } from './hash.js';
export type { Hash, HashAlgorithm } from './hash.js';

export type { OpenOptions } from './pdf/file.js';
export { inspectPdf } from './inspect/inspect-pdf.js';
export type { PdfFacts, PdfPage } from './inspect/inspect-pdf.js';
export { describeRevisions } from './inspect/describe-revisions.js';
export type { DssSize, RevisionFacts } from './inspect/describe-revisions.js';
export type { Finding } from './inspect/findings.js';
export { compareReadings } from './inspect/compare-readings.js';
export { sanitizePdf } from './inspect/sanitize-pdf.js';
export type { FieldText, SanitizeOptions } from './inspect/sanitize-pdf.js';
export { inspectSigner } from './inspect/inspect-signer.js';
export type { SignerFacts } from './inspect/inspect-signer.js';

export { repairPdf } from './repair/repair-pdf.js';
export type { RepairedPdf } from './repair/repair-pdf.js';

export { describeFields } from './form/describe-fields.js';
export type { FieldDescription, FieldPlaceDescription } from './form/describe-fields.js';
export { preparePdf } from './form/prepare-pdf.js';
export type { PrepareOptions } from './form/prepare-pdf.js';
export type { Appearance, Handwriting, Picture } from './form/appearance.js';
export type { CombCells } from './form/comb.js';
export type { FieldKind, FieldRules } from './form/field-rules.js';
export type { SignatureFieldPlace } from './form/create-signature-field.js';
export type { NewField, SignatureLock } from './form/new-field.js';
export type { Box } from './pdf/pages.js';
export type { Drawing } from './pdf/import-drawing.js';

export { signPdf } from './sign/sign-pdf.js';
export type { SignOptions, SignedRevision } from './sign/sign-pdf.js';
export type { DrawingOfEach, FieldFill } from './sign/fill-fields.js';
export type { Signature } from './cms/build-cms.js';
export type { Signer } from './cms/signer.js';
export type { Timestamp, TimestampFunction, TimestampOptions } from './cms/timestamp.js';

export { prepareSignature, digestPrepared } from './sign/prepare-signature.js';
export type { ByteRange, PreparedSignature } from './sign/place-byte-range.js';
export type { PrepareSignatureOptions } from './sign/prepare-signature.js';
export { measureCms, signDigest } from './cms/build-cms.js';
export { requestTimestamp } from './cms/timestamp.js';
export { embedCms } from './sign/embed-cms.js';

export { augmentPdf } from './ltv/augment-pdf.js';
export type { AugmentOptions, LeftAlone, LongTermOptions } from './ltv/augment-pdf.js';
export { fetchTransport } from './network/fetch-transport.js';
export type { FetchTransportOptions, Network, TsaAccess } from './network/fetch-transport.js';
export type { DownloadFunction, OcspFunction, StatusNetwork } from './revocation/find-status.js';

export { validatePdf } from './validate/validate-pdf.js';
export type {
  Coverage,
  DocumentReport,
  Indication,
  Modification,
  PdfReport,
  Revocation,
  RevocationPolicy,
  SignatureReport,
  SignerReport,
  SubIndication,
  TimestampReport,
  ValidateOptions,
} from './validate/report.js';
export { describeReport } from './describe/describe-report.js';
export type { DescribeOptions } from './describe/describe-report.js';
export type { DescriptionLine, DocumentDescription, LineKind, Locale, ReportDescription, SignatureDescription, SignatureVerdict } from './describe/description.js';
