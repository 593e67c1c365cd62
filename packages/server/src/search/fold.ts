/** Text as searches see it: full and half width, capitals, and the two kana are the same; so are runs of white space. */
export function fold(text: string): string {
  const plain = text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
  return plain.replace(/[\u30a1-\u30f6]/gu, (katakana) => String.fromCharCode(katakana.charCodeAt(0) - 0x60));
}

interface Listed {
  readonly id: string;
  readonly createdAt: number;
  readonly title: string;
  readonly controlNumber: string;
  readonly transactionCounterparty: string | null;
}

/** What is kept beside an envelope so that it is found. */
export function searchColumns({ id, createdAt, title, controlNumber, transactionCounterparty }: Listed): { listKey: string; foldedTitle: string; foldedControlNumber: string; foldedCounterparty: string } {
  return {
    listKey: `${String(createdAt).padStart(15, '0')} ${id}`,
    foldedTitle: fold(title),
    foldedControlNumber: fold(controlNumber),
    foldedCounterparty: fold(transactionCounterparty ?? ''),
  };
}
