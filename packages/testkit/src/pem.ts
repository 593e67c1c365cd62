/** RFC 7468 text of DER bytes. */
export function encodePem(label: 'CERTIFICATE' | 'PRIVATE KEY', der: Uint8Array): string {
  let binary = '';
  for (const byte of der) binary += String.fromCharCode(byte);
  const lines = btoa(binary).match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** DER bytes of every block of PEM text, in order. */
export function decodePem(text: string): Uint8Array<ArrayBuffer>[] {
  return [...text.matchAll(/-----BEGIN [^-]+-----([^-]+)-----END [^-]+-----/g)].map(([, body = '']) =>
    Uint8Array.from(atob(body.replace(/\s/g, '')), (character) => character.charCodeAt(0)),
  );
}
