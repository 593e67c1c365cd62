import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createEnvelope, uploadDocument } from '@sky-sign/client/sender';
import type { Sender } from '@sky-sign/client/sender';
import { demoDocuments, demoEnvelope } from '@sky-sign/mocks/seed';

export interface SeededDemo {
  readonly envelopeId: string;
  /** The contractor, who signs first. */
  readonly recipientId: string;
}

/** Sends the demo envelope through the same API that every host uses; a second start finds what the first one made. */
export async function seedDemo(sender: Sender, { dataDir, font }: { dataDir: string; font: () => Promise<Uint8Array> }): Promise<SeededDemo> {
  const file = path.join(dataDir, 'demo.json');
  const known = await readFile(file, 'utf8').catch(() => undefined);
  if (known !== undefined) return JSON.parse(known) as SeededDemo;
  const [contract, privacy] = await demoDocuments(await font());
  const upload = ({ name, bytes }: typeof contract) => uploadDocument(sender, { name: `${name}.pdf`, bytes: new Uint8Array(bytes) });
  const ids = [(await upload(contract)).id, (await upload(privacy)).id] as const;
  const envelope = await createEnvelope(sender, demoEnvelope(ids));
  const seeded = { envelopeId: envelope.id, recipientId: envelope.recipients[0]!.id };
  await writeFile(file, JSON.stringify(seeded));
  return seeded;
}
