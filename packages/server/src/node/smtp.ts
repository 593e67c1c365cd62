import { createTransport } from 'nodemailer';
import { Undeliverable } from '../outbox/mail-message.js';
import type { Services } from '../services.js';

export interface SmtpOptions {
  /** `smtps://user:password@mail.example` or `smtp://mail.example:587`. */
  readonly url: string;
  /** One address for every mail: 「電子契約 <no-reply@sign.example>」. */
  readonly from: string;
}

export interface Smtp {
  readonly deliver: NonNullable<Services['deliver']>;
  /** Whether the mail server answers. */
  check(): Promise<boolean>;
  close(): void;
}

/** Mails by SMTP. What the server refuses for good (5yz, RFC 5321 4.2.1) is `Undeliverable`, everything else may be tried again. */
export function createSmtp({ url, from }: SmtpOptions): Smtp {
  const transport = createTransport({ url, pool: true, maxConnections: 3, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000, disableFileAccess: true, disableUrlAccess: true });
  const domain = /@([^\s>]+)>?\s*$/u.exec(from)?.[1] ?? 'localhost';
  return {
    async deliver({ id, to, subject, text, html, locale }) {
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: to },
          subject,
          text,
          html,
          messageId: `<${id}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': locale },
        });
      } catch (cause) {
        const code = (cause as { responseCode?: unknown }).responseCode;
        const text = cause instanceof Error ? cause.message : 'unknown';
        if (typeof code === 'number' && code >= 500 && isAboutRecipient(cause)) throw new Undeliverable(`The mail server refuses the recipient (${String(code)}).`);
        // Without the cause: its text holds what was sent.
        throw new Error(`The mail server did not take the mail: ${text.slice(0, 200)}`);
      }
    },
    check: () => transport.verify().then(() => true, () => false),
    close: () => transport.close(),
  };
}

/** A refused sender or a refused log-in is the operator's to mend; then the mail is worth another attempt. */
function isAboutRecipient(error: unknown): boolean {
  const { command } = error as { command?: unknown };
  return command === 'RCPT TO' || command === 'DATA';
}
