import { randomBytes } from "node:crypto";

const process = randomBytes(6).toString("base64url");
let count = 0;

/** Names a request in an answer and in the log; unique across processes and restarts. */
export function nextRequestId(): string {
  count++;
  return `${process}-${count.toString(36)}`;
}
