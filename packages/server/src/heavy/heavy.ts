import type { ByteSource, Hash } from '@sky-sign/pades';
import { drawCertificate } from '../certificate/draw-certificate.js';
import type { CertificateFacts } from '../certificate/certificate-facts.js';
import { BadSeal, drawSeal } from '../drawings/draw-seal.js';
import type { SealBox } from '../drawings/draw-seal.js';
import { drawStamp } from '../drawings/draw-stamp.js';
import { drawText, TextDoesNotFit } from '../drawings/draw-text.js';
import type { TextBox } from '../drawings/draw-text.js';
import { fontOf } from '../drawings/font.js';
import { inspectUpload } from '../intake/inspect-upload.js';
import type { Intake, IntakeOptions } from '../intake/inspect-upload.js';

/** A drawing (a PDF of one page), or why there is none. */
export type Drawn<Reason extends string> = { readonly pdf: Uint8Array } | { readonly refused: Reason };

/**
 * What takes long, or could be made to by what people hand in. In Node a pool of threads with limits does it, elsewhere the
 * page itself. Nothing but bytes and plain values goes in and comes out.
 */
export interface Heavy {
  inspect(source: ByteSource, options: IntakeOptions): Promise<Intake>;
  drawText(box: TextBox): Promise<Drawn<TextDoesNotFit['reason']>>;
  drawSeal(box: SealBox): Promise<Drawn<BadSeal['reason']>>;
  drawStamp(certificateId: string): Promise<Uint8Array>;
  drawCertificate(facts: CertificateFacts): Promise<Uint8Array>;
}

export interface HeavyNeeds {
  readonly crypto: Crypto;
  readonly hash: Hash;
  /** TrueType bytes of a font with Japanese. */
  readonly font: () => Promise<Uint8Array>;
}

/** In letters as large as this the value of a form field is drawn, or smaller where it does not fit. */
const fieldFontSize = 12;

/** Does the work where it is called. */
export function createHeavy({ crypto, hash, font }: HeavyNeeds): Heavy {
  const loaded = async (): Promise<ReturnType<typeof fontOf>> => fontOf(await font());
  return {
    inspect: (source, options) => inspectUpload({ crypto, hash, draw: async (text) => drawText(await loaded(), { ...text, fontSize: fieldFontSize }) }, source, options),
    async drawText(box) {
      try {
        return { pdf: (await drawText(await loaded(), box)).pdf };
      } catch (error) {
        if (error instanceof TextDoesNotFit) return { refused: error.reason };
        throw error;
      }
    },
    async drawSeal(box) {
      try {
        return { pdf: (await drawSeal(box)).pdf };
      } catch (error) {
        if (error instanceof BadSeal) return { refused: error.reason };
        throw error;
      }
    },
    drawStamp: async (certificateId) => (await drawStamp(await loaded(), certificateId)).pdf,
    drawCertificate: async (facts) => drawCertificate(await loaded(), facts),
  };
}
