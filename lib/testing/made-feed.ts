import { createHash } from "node:crypto";
import { headType } from "../feed/head-wire";
import { type SigningKey, signCompact } from "../feed/server/signing/signing-key";
import type { FeedAnswer, Recording } from "./altered-feed";

export type MadeFeed = {
  readonly revision: number;
  readonly segments: readonly object[];
  readonly expires?: string;
  readonly scope?: string;
  /** In place of the digest and length of the bundle. */
  readonly bundle?: { readonly digest?: string; readonly bytes?: number };
};

export function madeSegment(key: string, rule: unknown, more: object = {}): object {
  return {
    ...{ key, name: key.toUpperCase(), description: "", version: 1, hash: `hash-${key}`, revision: 1 },
    ...{ purposes: ["billing"], regions: ["eu"], treatments: {}, precedence: 0, exclusiveGroup: null },
    ...{ rollout: 100, killed: false, standing: null, rule, ...more },
  };
}

/** What a feed would answer that has this released, signed by a key of the test. */
export function makeFeed(key: SigningKey, { revision, segments, expires, scope, bundle }: MadeFeed): Recording {
  const body = Buffer.from(JSON.stringify({ environment: "production", revision, segments }));
  const digest = `sha-256=:${createHash("sha256").update(body).digest("base64")}:`;
  const payload = {
    ...{ environment: "production", revision, released: revision },
    scope: { id: scope ?? "scope-of-the-test", regions: ["eu"], purposes: ["billing"] },
    expires: expires ?? "2100-01-01T00:00:00.000Z",
    bundle: { digest, bytes: body.length, ...bundle },
    segments: {},
  };
  return new Map([
    ["/head", signedHead(payload, signCompact(key, headType, payload))],
    ["/bundle", { status: 200, headers: { "content-type": "application/json" }, body }],
    ["/keys", keySet([key])],
  ]);
}

export function signedHead(payload: object, jws: string): FeedAnswer {
  const body = Buffer.from(JSON.stringify({ ...payload, jws }));
  const etag = `W/"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  return { status: 200, headers: { "content-type": "application/json", etag }, body };
}

type PublishedKey = SigningKey & { readonly endorsement?: string };

export function keySet(keys: readonly PublishedKey[]): FeedAnswer {
  const listed = keys.map(({ id, publicKey, endorsement }) => {
    return { ...publicKey, kid: id, alg: "EdDSA", use: "sig", ...(endorsement !== undefined && { endorsement }) };
  });
  return {
    status: 200,
    headers: { "content-type": "application/jwk-set+json" },
    body: Buffer.from(JSON.stringify({ keys: listed })),
  };
}
