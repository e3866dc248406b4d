import { md5 } from "@noble/hashes/legacy.js";

const encoder = new TextEncoder();

/** The first 8 hex digits of md5(salt + ":" + customerId) as an integer, modulo 10,000: 0 to 9,999, for ever the same. */
export function rolloutBucket(salt: string, customerId: string): number {
  const digest = md5(encoder.encode(`${salt}:${customerId}`));
  return new DataView(digest.buffer, digest.byteOffset).getUint32(0) % 10_000;
}
