import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeCheckpoint } from "../../audit/server/write-checkpoint";
import { openSigningKeys, publicKeysIn, type SigningKeys } from "../../server/signing-key";
import { createGovernance, documentOf, type Governance, refusal, released } from "../../testing/governance";
import { addComment } from "../../versions/server/comments";
import type { SignedEvidencePack } from "../evidence-pack-contract";
import { releaseEvidencePack } from "./evidence-pack";
import { killSegment } from "./kill-segment";
import { verifyEvidencePack } from "./verify-evidence-pack";

let world: Governance;
let folder: string;
let keys: SigningKeys;
let pack: SignedEvidencePack;
let releaseId: string;

beforeAll(async () => {
  world = await createGovernance();
  folder = await mkdtemp(join(tmpdir(), "steward-packs-"));
  keys = await openSigningKeys(folder);
  const { id } = await released(world, "proved", { description: "Premium, in Europe." });
  await addComment(world.as("reviewer"), { id, body: "Well explained." });
  const { db } = world.database;
  releaseId = (await db.release.findFirstOrThrow({ where: { versionId: id } })).id;
  await writeCheckpoint({ db, folder, keys }, world.as("admin").now);
  pack = await releaseEvidencePack(world.as("operator"), { id: releaseId }, { folder, keys });
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

test("the pack of a release tells who asked, who approved what, and what the record says of it", () => {
  expect(pack).toMatchObject({
    release: { segmentKey: "proved", kind: "release", environment: "production" },
    version: { document: { ...documentOf("proved"), description: "Premium, in Europe." }, author: { name: "author" } },
    request: { by: "author" },
    verdicts: [
      { person: { name: "reviewer" }, verdict: "approve", contentHash: pack.version.contentHash, voided: null },
    ],
    quorum: { asks: [{ role: "reviewer", count: 1, given: [pack.verdicts[0]?.id] }] },
    comments: [{ body: "Well explained." }],
    receipts: [],
  });
  expect(pack.audit.map(({ action }) => action)).toEqual(
    expect.arrayContaining(["version.submitted", "verdict.approve", "segment.released"]),
  );
  expect(pack.checkpoint?.sequence).toBeGreaterThanOrEqual(pack.audit.at(-1)?.sequence ?? Infinity);
});

test("the pack of a kill proves that as well", async () => {
  await released(world, "killed");
  const { release } = await killSegment(world.as("operator"), {
    ...{ key: "killed", environment: "production", reason: "Wrong people." },
  });
  const killed = await releaseEvidencePack(world.as("operator"), { id: release.id }, { folder, keys });
  expect(killed).toMatchObject({ release: { kind: "kill", reason: "Wrong people." }, quorum: null, checkpoint: null });
  expect((await verifyEvidencePack(killed, keys)).faults).toEqual([]);
});

test("whoever has only the public keys finds it sound", async () => {
  const published = await publicKeysIn(JSON.stringify(keys.jwks));
  const sent: unknown = JSON.parse(JSON.stringify(pack));
  expect(await verifyEvidencePack(sent, published)).toMatchObject({ faults: [], keyId: keys.keyId });
});

/** The first character differs: the last ones hold bits that mean nothing, and of an Ed25519 signature often zeros. */
function anotherSignature(signature: string): string {
  const [before, after] = signature.split("..");
  return `${before}..${after?.startsWith("A") ? "B" : "A"}${after?.slice(1)}`;
}

describe("a pack is found out that", () => {
  const changes: readonly [string, (pack: SignedEvidencePack) => unknown][] = [
    [
      "has another document",
      ({ version, ...rest }) => ({ ...rest, version: { ...version, document: documentOf("proved") } }),
    ],
    ["has an approval more", ({ verdicts, ...rest }) => ({ ...rest, verdicts: [...verdicts, ...verdicts] })],
    ["lacks an audit entry", ({ audit, ...rest }) => ({ ...rest, audit: audit.slice(1) })],
    ["has one field more", (whole) => ({ ...whole, approved: true })],
    ["names another signature", (whole) => ({ ...whole, signature: anotherSignature(whole.signature) })],
  ];
  test.each(changes)("%s", async (_title, change) => {
    expect((await verifyEvidencePack(change(pack), keys)).faults).not.toEqual([]);
  });

  test("is signed by a key of somebody else", async () => {
    const others = await openSigningKeys(join(folder, "others"));
    expect((await verifyEvidencePack(pack, others)).faults).toContainEqual(expect.stringMatching(/signature/));
  });

  test.each([
    [
      "whose quorum names a verdict of a writer",
      (made: SignedEvidencePack) => {
        made.version.contributors = made.verdicts.map(({ person }) => person);
      },
      /wrote the version/,
    ],
    [
      "whose quorum lacks an approval",
      (made: SignedEvidencePack) => {
        for (const ask of made.quorum?.asks ?? []) ask.given = [];
      },
      /lacks an approval/,
    ],
    [
      "whose audit entry says something else than was hashed",
      (made: SignedEvidencePack) => {
        for (const entry of made.audit) entry.actor.name = "Eve";
      },
      /not what was hashed/,
    ],
    [
      "whose record does not name the release",
      (made: SignedEvidencePack) => {
        made.release.revision += 1;
      },
      /No audit entry/,
    ],
  ])("%s, whoever signed it", async (_title, change, fault) => {
    const made = structuredClone(pack);
    change(made);
    expect((await verifyEvidencePack(made, keys)).faults).toContainEqual(expect.stringMatching(fault));
  });

  test("is none", async () => {
    expect((await verifyEvidencePack({ format: "other" }, keys)).faults).toEqual(["This is not an evidence pack."]);
  });
});

test("who may not read the audit takes none, and a release that is not there has none", async () => {
  const take = (by: "viewer" | "admin", id: string) => releaseEvidencePack(world.as(by), { id }, { folder, keys });
  expect(await refusal(take("viewer", releaseId))).toBe("forbidden missing-permission");
  expect(await refusal(take("admin", "nothing"))).toBe("not-found not-found");
});
