import { compactVerify, createLocalJWKSet } from "jose";
import { feedSigningKeysSchema, headPayloadSchema, headSchema } from "../feed/head-wire";
import type { consumerOf } from "./served-world";

/** A head as a reader takes it: what its signature is over, by a key that the feed publishes. Throws for any other. */
export async function signedHead({ pull }: ReturnType<typeof consumerOf>, secret: string) {
  const head = headSchema.parse(await (await pull("production/head", secret)).json());
  const keys = feedSigningKeysSchema.parse(await (await pull("production/keys", secret)).json());
  const { payload, protectedHeader } = await compactVerify(head.jws, createLocalJWKSet(keys), {
    algorithms: ["EdDSA"],
  });
  return {
    head,
    keys,
    header: protectedHeader,
    payload: headPayloadSchema.parse(JSON.parse(Buffer.from(payload).toString())),
  };
}
