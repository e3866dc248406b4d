import { createHmac } from "node:crypto";

/** The value of `Steward-Signature`: the second it was made in, and HMAC-SHA256 of "second.body", hexadecimal. */
export function signWebhook(secret: string, body: string, at: Date): string {
  const second = Math.floor(at.getTime() / 1000);
  const mac = createHmac("sha256", secret).update(`${second}.${body}`).digest("hex");
  return `t=${second},v1=${mac}`;
}
