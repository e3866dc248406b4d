import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createToken } from "../access/server/tokens";
import { writeCheckpoint } from "../audit/server/write-checkpoint";
import { verifyEvidencePack } from "../releases/server/verify-evidence-pack";
import { closeDatabase, openDatabase } from "../server/database";
import { keepSigningKeys, openSigningKeys, publicKeysIn } from "../server/signing-key";
import { createGovernance, type Governance, released } from "../testing/governance";
import { caller, send } from "../testing/rest";

let world: Governance;
let folder: string;
let token: string;

beforeAll(async () => {
  vi.stubEnv("SESSION_SECRET", "a secret for tests, longer than 32 characters");
  folder = await mkdtemp(join(tmpdir(), "steward-audit-routes-"));
  vi.stubEnv("STEWARD_CHECKPOINTS", folder);
  world = await createGovernance();
  openDatabase(world.database.url);
  const keys = await openSigningKeys(folder);
  keepSigningKeys(keys);
  await released(world, "proved");
  await writeCheckpoint({ db: world.database.db, folder, keys }, new Date());
  token = (await createToken(world.as("admin", new Date()), { name: "test" })).secret;
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await closeDatabase();
  await world.close();
  await rm(folder, { recursive: true });
});

const get = (path: string) => caller(token)("GET", path);

test("the check tells of the chain and of its checkpoints", async () => {
  const { body } = await get("/api/v1/audit/verification");
  expect(body).toMatchObject({ ok: true, brokenAt: null, checkpoints: { count: 1, torn: 0 } });
});

test("the audit comes as a file of what matches", async () => {
  const request = new Request("http://steward.test/api/v1/audit/export?format=ndjson&action=segment.released", {
    headers: { authorization: `Bearer ${token}` },
  });
  const response = await send(request);
  expect(response.headers.get("content-type")).toContain("application/x-ndjson");
  expect(JSON.parse(await response.text())).toMatchObject({ subject: { id: "proved" } });
});

test("the pack of a release is found sound with the keys that are handed out", async () => {
  const { id } = await world.database.db.release.findFirstOrThrow();
  const { body: pack } = await get(`/api/v1/releases/${id}/evidence-pack`);
  const { body: keys } = await get("/api/v1/signing-keys");
  expect((await verifyEvidencePack(pack, await publicKeysIn(JSON.stringify(keys)))).faults).toEqual([]);
});
