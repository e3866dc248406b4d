import { createTransport } from "nodemailer";
import type { MailContent } from "../mail-of";

export type Mailer = {
  /** Resolves once the mail server has taken it. Throws `MailServerAway` when no mail at all can be sent now. */
  readonly send: (to: { name: string; address: string }, content: MailContent) => Promise<void>;
};

export class MailServerAway extends Error {
  override readonly name = "MailServerAway";
}

type MailSettings = { readonly smtpUrl: string; readonly from: string };

const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };
/** As opposed to what is wrong with one recipient or one mail. */
const ofTheServer = [
  ...["ECONNECTION", "ECONNREFUSED", "ECONNRESET", "ESOCKET", "ETIMEDOUT"],
  ...["EAUTH", "EDNS", "EPROTOCOL", "ETLS"],
];

/** Sends by SMTP, a connection for each mail. Options of nodemailer may stand in the address, as `?requireTLS=true`. */
export function smtpMailer({ smtpUrl, from }: MailSettings): Mailer {
  const url = new URL(smtpUrl);
  for (const [name, value] of Object.entries(timeouts)) {
    if (!url.searchParams.has(name)) url.searchParams.set(name, String(value));
  }
  const transport = createTransport(url.href);
  return {
    async send(to, content) {
      const mail = { from, to, ...content, disableFileAccess: true, disableUrlAccess: true };
      try {
        await transport.sendMail(mail);
      } catch (error) {
        if (!isOfTheServer(error)) throw error;
        throw new MailServerAway(error.message, { cause: error });
      }
    },
  };
}

function isOfTheServer(error: unknown): error is Error {
  return error instanceof Error && "code" in error && ofTheServer.includes(String(error.code));
}
