import { createHmac, randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { RefusalCode } from "../client/steward-error";
import { endorsementType, headType } from "../feed/head-wire";
import { type SigningKey, signCompact } from "../feed/server/signing/signing-key";
import { type Alter, altering, type FeedAnswer, type Recording } from "./altered-feed";
import { madeSegment, makeFeed, signedHead } from "./made-feed";
import { html, onPro, releaseOf } from "./reading-client";

/** What a feed, or who stands between, might answer in place of release 6. */
type RefusedAnswer = {
  readonly why: string;
  readonly code: RefusalCode;
  readonly feed: () => Recording;
  readonly alter?: Alter;
  /** What receipts say of it, and of the good answer after it. */
  readonly says?: readonly string[];
};

const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, " "));

const headOf = (recording: Recording): Record<string, unknown> => {
  const { jws: _, ...payload } = JSON.parse(String(recording.get("/head")?.body));
  return payload;
};
const jwsOf = (recording: Recording): string => JSON.parse(String(recording.get("/head")?.body)).jws;
const withHead = (recording: Recording, head: FeedAnswer): Recording => new Map([...recording, ["/head", head]]);
const onBundle = (change: (answer: FeedAnswer) => FeedAnswer): Alter => altering("/bundle", change);
const onHead = (change: (answer: FeedAnswer) => FeedAnswer): Alter => altering("/head", change);

/** `keys` are not there before a test begins. */
export function refusedAnswers(keys: () => { readonly key: SigningKey; readonly other: SigningKey }): RefusedAnswer[] {
  const made = (revision: number, more: Parameters<typeof releaseOf>[2] = {}) => releaseOf(keys().key, revision, more);
  const oneSegment = (rule: unknown) => made(6, { segments: [madeSegment("odd", rule)] });
  const forged = (alg: string, signature: (input: string) => string) => {
    const payload = headOf(made(6));
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const input = `${part({ alg, kid: keys().key.id, typ: headType })}.${part(payload)}`;
    return withHead(made(6), signedHead(payload, `${input}.${signature(input)}`));
  };
  return [
    { why: "an older revision", code: "older-revision", feed: () => made(4) },
    { why: "an expired head", code: "expired-head", feed: () => made(6, { expires: "2026-11-22T11:59:59.000Z" }) },
    { why: "another scope", code: "foreign-scope", feed: () => made(6, { scope: "another" }) },
    {
      why: "another environment",
      code: "foreign-scope",
      feed: () => {
        const payload = { ...headOf(made(6)), environment: "staging" };
        return withHead(made(6), signedHead(payload, signCompact(keys().key, headType, payload)));
      },
    },
    {
      why: "a key that nobody vouches for",
      code: "unknown-signing-key",
      feed: () => makeFeed(keys().other, { revision: 6, segments: [] }),
    },
    { why: "alg none", code: "bad-algorithm", feed: () => forged("none", () => "") },
    {
      why: "a MAC with the public key for its secret",
      code: "bad-algorithm",
      feed: () =>
        forged("HS256", (input) =>
          createHmac("sha256", Buffer.from(keys().key.publicKey.x, "base64url")).update(input).digest("base64url"),
        ),
    },
    {
      why: "a signature of somebody else under a trusted name",
      code: "bad-signature",
      feed: () => {
        const payload = headOf(made(6));
        return withHead(
          made(6),
          signedHead(payload, signCompact({ ...keys().other, id: keys().key.id }, headType, payload)),
        );
      },
    },
    {
      why: "something else that the key has signed",
      code: "malformed-head",
      feed: () =>
        withHead(made(6), signedHead(headOf(made(6)), signCompact(keys().key, endorsementType, headOf(made(6))))),
    },
    {
      why: "another head beside the signature",
      code: "malformed-head",
      feed: () => withHead(made(6), signedHead({ ...headOf(made(6)), revision: 7 }, jwsOf(made(6)))),
    },
    {
      why: "no signature",
      code: "unsigned",
      feed: () => made(6),
      alter: onHead((answer) => ({ ...answer, body: Buffer.from(JSON.stringify(headOf(made(6)))) })),
    },
    {
      why: "an unknown operator",
      code: "unreadable-rule",
      feed: () => oneSegment({ ...onPro, operator: "sounds_like" }),
    },
    { why: "an unknown guard", code: "unreadable-rule", feed: () => oneSegment({ all: [{ guard: "moon" }, onPro] }) },
    { why: "an unknown node", code: "unreadable-rule", feed: () => oneSegment({ xor: [onPro, onPro] }) },
    {
      why: "a value that the operator cannot read",
      code: "unreadable-rule",
      feed: () => oneSegment({ ...onPro, value: [1] }),
    },
    { why: "a segment without a version", code: "malformed-bundle", feed: () => made(6, { segments: [{ key: "a" }] }) },
    {
      why: "the bundle of another revision under a good head",
      code: "digest-mismatch",
      feed: () => made(6),
      alter: onBundle((answer) => ({
        ...answer,
        body: Buffer.from(String(answer.body).replace("since-6", "since-7")),
      })),
    },
    {
      why: "a head of a bundle that is too large",
      code: "oversized",
      feed: () => made(6, { bundle: { bytes: 2 ** 40 } }),
    },
    {
      why: "a bundle that goes on",
      code: "oversized",
      feed: () => made(6),
      alter: onBundle((answer) => ({ ...answer, body: Buffer.concat([answer.body, randomBytes(5_000_000)]) })),
    },
    {
      why: "a bundle that unpacks to very much",
      code: "oversized",
      feed: () => made(6),
      alter: onBundle((answer) => ({
        ...answer,
        headers: { ...answer.headers, "content-encoding": "gzip" },
        body: bomb,
      })),
    },
    {
      why: "a bundle that is cut",
      code: "truncated",
      feed: () => made(6),
      alter: onBundle((answer) => ({ ...answer, body: answer.body.subarray(0, 100) })),
    },
    {
      why: "a connection that breaks off",
      code: "truncated",
      feed: () => made(6),
      alter: onBundle((answer) => ({ ...answer, cutAfter: 100 })),
    },
    {
      why: "a page instead of a head",
      code: "wrong-content-type",
      feed: () => made(6),
      alter: onHead((answer) => ({ ...answer, headers: html })),
      says: ["activated"],
    },
    {
      why: "a page instead of a bundle",
      code: "wrong-content-type",
      feed: () => made(6),
      alter: onBundle((answer) => ({ ...answer, headers: html })),
    },
  ];
}
