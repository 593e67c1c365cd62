import { PDFArray, PDFDict, PDFHexString, PDFInvalidObject, PDFName, PDFNumber, PDFString, type PDFDocument } from '@cantoo/pdf-lib';
import { DEFAULT_BYTE_RANGE_PLACEHOLDER, SUBFILTER_ADOBE_PKCS7_DETACHED } from '@signpdf/utils';

interface Placeholder {
  readonly reason: string;
  readonly contactInfo: string;
  readonly name: string;
  readonly location: string;
  readonly contentsBytes: number;
}

/** The field that @signpdf fills in: its own helper takes documents of pdf-lib only. */
export function addCantooPlaceholder(document: PDFDocument, { reason, contactInfo, name, location, contentsBytes }: Placeholder): void {
  const { context, catalog } = document;
  const page = document.getPage(0);
  const open = PDFName.of(DEFAULT_BYTE_RANGE_PLACEHOLDER);
  const byteRange = PDFArray.withContext(context);
  for (const entry of [PDFNumber.of(0), open, open, open]) byteRange.push(entry);
  const signature = context.obj({
    Type: 'Sig',
    Filter: 'Adobe.PPKLite',
    SubFilter: SUBFILTER_ADOBE_PKCS7_DETACHED,
    ByteRange: byteRange,
    Contents: PDFHexString.of('\0'.repeat(contentsBytes)),
    Reason: PDFString.of(reason),
    M: PDFString.fromDate(new Date()),
    ContactInfo: PDFString.of(contactInfo),
    Name: PDFString.of(name),
    Location: PDFString.of(location),
  });
  const raw = new Uint8Array(signature.sizeInBytes());
  signature.copyBytesInto(raw, 0);
  const widget = context.register(
    context.obj({ Type: 'Annot', Subtype: 'Widget', FT: 'Sig', Rect: [0, 0, 0, 0], V: context.register(PDFInvalidObject.of(raw)), T: PDFString.of('Signature1'), F: 4, P: page.ref }),
  );
  const annotations = page.node.lookupMaybe(PDFName.of('Annots'), PDFArray) ?? context.obj([]);
  annotations.push(widget);
  page.node.set(PDFName.of('Annots'), annotations);
  const form = catalog.lookupMaybe(PDFName.of('AcroForm'), PDFDict) ?? context.obj({ Fields: [] });
  form.set(PDFName.of('SigFlags'), PDFNumber.of(3));
  form.lookup(PDFName.of('Fields'), PDFArray).push(widget);
  catalog.set(PDFName.of('AcroForm'), form);
}
