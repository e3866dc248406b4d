import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { verifyAudit } from "../../audit/server/verify-audit";
import { endWaiver, grantWaiver } from "../../guards/server/waivers";
import { releaseVersion } from "../../releases/server/release-version";
import { decide, propose } from "../../testing/changing";
import {
  createGovernance,
  documentOf,
  type Governance,
  type PersonName,
  refusal,
  testNow,
} from "../../testing/governance";
import { createSegment } from "../../versions/server/create-segment";
import { recordVerdict } from "../../versions/server/record-verdict";
import { reviewView } from "../../versions/server/review-view";
import { submitVersion } from "../../versions/server/submit-version";

let world: Governance;
beforeAll(async () => {
  world = await createGovernance();
  await world.database.db.attribute.update({ where: { key: "plan" }, data: { labels: ["contract-only"] } });
});
afterAll(async () => {
  expect(await verifyAudit(world.database.db)).toMatchObject({ ok: true });
  await world.close();
});

const house = {
  name: "House",
  description: "",
  label: "contract-only",
  when: {},
  effect: "refuse",
  role: null,
  enabled: true,
};

async function decided(content: object = {}): Promise<void> {
  const change = { kind: "label-policy", subjectId: "house", after: { ...house, ...content } } as const;
  await decide(world, "admin", await propose(world, "privacy", change));
}

const code = "label-refused:house";
const path = "definition.rule.all[0]";
const day = 86_400_000;
const waiverFor = (segment: string, more: object = {}) => ({
  ...{ segment, findingCode: code, path, reason: "Agreed with counsel." },
  until: new Date(testNow.getTime() + 10 * day).toISOString(),
  ...more,
});

let made = 0;
let key = "";
let id = "";
beforeEach(async () => {
  made += 1;
  key = `labelled-${made}`;
  id = (await createSegment(world.as("author"), { document: documentOf(key) })).version.id;
});

const submit = (at?: Date) => submitVersion(world.as("author", at), { id });
async function approve(): Promise<void> {
  const { contentHash } = (await reviewView(world.as("reviewer"), id)).version;
  await recordVerdict(world.as("reviewer"), { id, contentHash, verdict: "approve" });
}
const release = (at?: Date) => releaseVersion(world.as("operator", at), { id, environment: "production" });

test("a label policy is written only by an applied change of two people, in the database too", async () => {
  const { db } = world.database;
  const row = { ...house, key: "alone", when: {}, role: null, changeId: "none", updatedAt: testNow };
  await expect(db.labelPolicy.create({ data: row })).rejects.toThrow(/two people/);
});

describe("a policy that refuses", () => {
  beforeAll(() => decided());

  test("stops a submit, and says where", async () => {
    await expect(submit()).rejects.toMatchObject({
      code: "blocked",
      findings: expect.arrayContaining([expect.objectContaining({ code, severity: "blocking", path })]),
    });
  });

  test("lets pass what is waived, as a note that the reviewer reads, until the waiver is over", async () => {
    await grantWaiver(world.as("privacy"), waiverFor(key));
    const { evidence } = await submit();
    const noted = { code, severity: "note", message: expect.stringContaining("Waived by privacy until 2026-06-11") };
    expect(evidence.preview.findings).toContainEqual(expect.objectContaining(noted));
    await approve();
    const { now } = await reviewView(world.as("reviewer"), id);
    expect(now?.findings).toContainEqual(expect.objectContaining(noted));
    const over = new Date(testNow.getTime() + 10 * day);
    expect(await refusal(release(over))).toBe("blocked blocked");
    expect(await refusal(release())).toBe("done");
  });

  test("blocks again as soon as somebody ends the waiver; both are in the audit", async () => {
    const { waiver } = await grantWaiver(world.as("privacy"), waiverFor(key));
    await submit();
    await approve();
    expect((await endWaiver(world.as("admin"), waiver.id)).waiver.ended).toMatchObject({ by: "admin" });
    expect(await refusal(release())).toBe("blocked blocked");
    const entries = await world.database.db.auditEntry.findMany({
      where: { subjectId: key, action: { startsWith: "waiver." } },
      orderBy: { sequence: "asc" },
    });
    expect(entries).toMatchObject([
      { action: "waiver.granted", actorId: "id-privacy", after: { findingCode: code, reason: "Agreed with counsel." } },
      { action: "waiver.ended", actorId: "id-admin", before: { waiver: waiver.id } },
    ]);
  });

  test("is waived by nobody who writes on the segment, neither before nor after", async () => {
    const { db } = world.database;
    await db.person.update({ where: { id: "id-twin" }, data: { roles: ["privacy"] } });
    const twin = { ...world.as("twin"), actor: { ...world.as("twin").actor, roles: ["privacy"] as const } };
    expect(await refusal(grantWaiver(twin, waiverFor(key)))).toBe("forbidden author");
    await grantWaiver(world.as("privacy"), waiverFor(key));
    const [version] = await db.version.findMany({ where: { id } });
    await db.contribution.create({ data: { versionId: version?.id ?? "", personId: "id-privacy" } });
    expect(await refusal(submit())).toBe("blocked blocked");
  });

  test.each<[string, PersonName, object, string]>([
    ["who may not decide about guards", "reviewer", {}, "forbidden missing-permission"],
    ["what is no policy's refusal", "privacy", { findingCode: "no-region" }, "invalid not-waivable"],
    ["without an end within a year", "privacy", { until: "2027-06-03T00:00:00.000Z" }, "invalid unfit-end"],
    ["for the past", "privacy", { until: "2026-06-01T12:00:00.000Z" }, "invalid unfit-end"],
    ["of no segment", "privacy", { segment: "nowhere" }, "not-found not-found"],
  ])("is not waived: %s", async (_title, by, more, expected) => {
    expect(await refusal(grantWaiver(world.as(by), waiverFor(key, more)))).toBe(expected);
  });

  test("is waived once at a time", async () => {
    await grantWaiver(world.as("privacy"), waiverFor(key));
    expect(await refusal(grantWaiver(world.as("admin"), waiverFor(key)))).toBe("conflict waived-already");
  });
});

describe("a policy that asks for an approval", () => {
  beforeAll(() => decided({ effect: "approval", role: "privacy", when: { purposes: ["service"] } }));

  test("adds it to what production asks for, with its reason, and to nothing else", async () => {
    await submit();
    await approve();
    const { approvals, version } = await reviewView(world.as("reviewer"), id);
    expect(approvals.required).toMatchObject([
      { role: "reviewer", count: 1, given: 1 },
      { role: "privacy", count: 1, given: 0, because: ['Label policy "House"'] },
    ]);
    expect(version.state).toBe("in_review");
    expect(await refusal(release())).toBe("blocked not-approved");
    expect(await refusal(releaseVersion(world.as("operator"), { id, environment: "staging" }))).toBe("done");
    await recordVerdict(world.as("privacy"), { id, contentHash: version.contentHash, verdict: "approve" });
    expect(await refusal(release())).toBe("done");
  });

  test("takes a version back to review when it comes into force", async () => {
    await decided({ effect: "warn" });
    await submit();
    await approve();
    expect((await reviewView(world.as("reviewer"), id)).version.state).toBe("approved");
    await decided({ effect: "approval", role: "operator" });
    expect((await reviewView(world.as("reviewer"), id)).version.state).toBe("in_review");
  });
});

describe("a policy for a destination", () => {
  beforeAll(async () => {
    const { db } = world.database;
    await db.consumer.create({
      data: {
        ...{ key: "gateway-us", name: "US gateway", locationKey: "us" },
        keys: {
          create: [
            {
              ...{ environmentKey: "production", regions: ["eu"], purposes: ["service"], rights: ["definitions"] },
              ...{ hash: "h", hint: "stw_h" },
            },
          ],
        },
      },
    });
    await decided({ when: { destinations: ["us"] } });
  });

  test("warns before the release and stops it, naming the consumer; staging has none", async () => {
    const { evidence } = await submit();
    const named = { code, path: "consumers.gateway-us.us", message: expect.stringContaining("US gateway") };
    expect(evidence.preview.findings).toContainEqual(expect.objectContaining({ ...named, severity: "warning" }));
    await approve();
    await expect(release()).rejects.toMatchObject({
      reason: "label-refused",
      findings: [expect.objectContaining({ ...named, severity: "blocking" })],
    });
    expect(await refusal(releaseVersion(world.as("operator"), { id, environment: "staging" }))).toBe("done");
    await grantWaiver(world.as("privacy"), waiverFor(key, { path: "consumers.gateway-us.us" }));
    expect(await refusal(release())).toBe("done");
  });
});
