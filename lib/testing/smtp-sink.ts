import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";

export type SmtpSink = {
  /** As for SMTP_URL. */
  readonly url: string;
  readonly mails: readonly SunkMail[];
  /** What the server answers from now on: mail is taken, its recipient is not, or nobody is let in. */
  answer: "takes" | "refuses recipients" | "refuses connections";
  close(): Promise<void>;
};

export type SunkMail = { readonly to: readonly string[]; readonly raw: string };

/** A mail server that keeps what it is sent. */
export async function startSmtpSink(): Promise<SmtpSink> {
  const mails: SunkMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    onConnect: (_, done) => {
      done(sink.answer === "refuses connections" ? refusal(421, "Not now.") : null);
    },
    onRcptTo: (_, __, done) => {
      done(sink.answer === "refuses recipients" ? refusal(450, "Try later.") : null);
    },
    onData: (stream, session, done) => {
      void text(stream).then((raw) => {
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw });
        done();
      });
    },
  });
  const listening = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", () => listening.resolve());
  await listening.promise;
  const { port } = server.server.address() as AddressInfo;
  const sink: SmtpSink = {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    answer: "takes",
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return sink;
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
