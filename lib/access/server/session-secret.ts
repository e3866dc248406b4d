import { settings } from "../../server/settings";

/** What session cookies are encrypted with; the start of the process has seen to it that there is one. */
export function sessionSecret(): string {
  const { sessionSecret: secret } = settings();
  if (!secret) throw new Error("The session secret was asked for before the process had made it.");
  return secret;
}
