import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "../../access/actor";
import { verifyAudit } from "../../audit/server/verify-audit";
import type { Context } from "../../server/context";
import { decide, type Proposal, propose } from "../../testing/changing";
import { createGovernance, type Governance, refusal, testNow } from "../../testing/governance";
import { getChange, listChanges } from "./list-changes";
import { withdrawChange } from "./withdraw-change";

let world: Governance;
beforeAll(async () => {
  world = await createGovernance();
});
afterAll(async () => {
  expect(await verifyAudit(world.database.db)).toMatchObject({ ok: true });
  await world.close();
});

const renamed = (name: string): Proposal => ({ kind: "region", subjectId: "eu", after: { name, description: "" } });

describe("a proposal", () => {
  test("tells those who may decide, and its author is told what became of it", async () => {
    const change = await propose(world, "privacy", renamed("The Union"));
    const { db } = world.database;
    const told = await db.notice.findMany({
      where: { kind: "change.proposed", title: { startsWith: "Region Europe" } },
    });
    expect(told.map(({ personId }) => personId).sort()).toEqual(["id-admin", "id-admin2"]);
    await decide(world, "admin", change, "reject");
    expect(await db.region.findUnique({ where: { key: "eu" } })).toMatchObject({ name: "Europe" });
    expect(await db.notice.findMany({ where: { kind: "change.decided" } })).toMatchObject([
      { personId: "id-privacy", title: "Region Europe: the change is rejected", body: "Looked at." },
    ]);
  });

  test("is withdrawn by its author only, and is then decided by nobody", async () => {
    const change = await propose(world, "privacy", renamed("The Union"));
    expect(await refusal(withdrawChange(world.as("admin"), change.id))).toBe("forbidden not-yours");
    expect((await withdrawChange(world.as("privacy"), change.id)).change).toMatchObject({ state: "withdrawn" });
    expect(await refusal(decide(world, "admin", change))).toBe("conflict already-decided");
  });

  test("is refused to who may not propose it, for what is not there, and for what it cannot become", async () => {
    expect(await refusal(propose(world, "reviewer", renamed("x")))).toBe("forbidden missing-permission");
    expect(await refusal(propose(world, "author", renamed("x")))).toBe("forbidden missing-permission");
    expect(await refusal(propose(world, "privacy", { ...renamed("x"), subjectId: "nowhere" }))).toBe(
      "not-found not-found",
    );
    expect(await refusal(propose(world, "privacy", renamed("")))).toBe("invalid invalid-input");
    const roles = (id: string) =>
      ({ kind: "person-roles", subjectId: id, after: { roles: ["king"], team: null } }) as const;
    expect(await refusal(propose(world, "admin", roles("id-both")))).toBe("invalid invalid-input");
    const circle = { name: "Staging", promotedFrom: "staging" };
    expect(await refusal(propose(world, "admin", { kind: "environment", subjectId: "staging", after: circle }))).toBe(
      "invalid unfit-promotion",
    );
    const asks = [{ role: "reviewer", count: 1 }];
    const nowhere = { name: "No", conditions: { environments: ["prod"] }, asks };
    expect(await refusal(propose(world, "admin", { kind: "approval-policy", subjectId: "no", after: nowhere }))).toBe(
      "invalid unfit-policy",
    );
    const computed = { name: "Plan", description: "", labels: [], computation: { event: "order", aggregate: "count" } };
    expect(await refusal(propose(world, "author", { kind: "attribute", subjectId: "plan", after: computed }))).toBe(
      "invalid unfit-source",
    );
    const disabled = { kind: "person-enable", subjectId: "id-both", after: { enabled: false } } as const;
    expect(await refusal(propose(world, "admin", disabled))).toBe("invalid disable-at-once");
  });

  test("of roles that an identity provider's groups give is refused", async () => {
    const { db } = world.database;
    await db.person.create({ data: { id: "grouped", email: "g@x.test", name: "G", roles: [], rolesFromGroups: true } });
    const roles = { kind: "person-roles", subjectId: "grouped", after: { roles: ["admin"], team: null } } as const;
    expect(await refusal(propose(world, "admin", roles))).toBe("conflict roles-from-groups");
  });
});

describe("a decision", () => {
  test("is refused on what was not looked at, and where what it would change has changed since", async () => {
    const change = await propose(world, "privacy", renamed("The Union"));
    expect(await refusal(decide(world, "admin", { ...change, seen: "x" }))).toBe("conflict stale-change");
    await world.database.db.region.update({ where: { key: "eu" }, data: { name: "Europe, all of it" } });
    expect(await refusal(decide(world, "admin", change))).toBe("conflict changed-since");
    const { possible } = (await getChange(world.as("admin"), change.id)).change;
    expect(possible).toMatchObject({ apply: { allowed: false }, reject: { allowed: true } });
    await decide(world, "admin", change, "reject");
  });

  test("is taken once: of two who decide at once one wins, and the other is told", async () => {
    for (let round = 0; round < 5; round++) {
      const change = await propose(world, "privacy", renamed(`Round ${round}`));
      const outcomes = await Promise.all([
        refusal(decide(world, "admin", change)),
        refusal(decide(world, "admin2", change, round % 2 === 0 ? "reject" : "apply")),
      ]);
      expect(outcomes.sort()).toEqual(["conflict already-decided", "done"]);
    }
  });

  test("is never that of the command line, of the product itself, or of a person whose role is gone", async () => {
    const change = await propose(world, "privacy", renamed("Nobody's"));
    const as = (actor: Partial<Actor>): Context => ({
      ...world.as("admin"),
      actor: { ...world.as("admin").actor, ...actor },
    });
    expect(await refusal(decide(world, as({ id: "command-line", via: "command line" }), change))).toBe(
      "forbidden no-person",
    );
    expect(await refusal(decide(world, as({ via: "system" }), change))).toBe("forbidden no-person");
    expect(await refusal(decide(world, as({ id: "nobody", via: "token" }), change))).toBe("forbidden no-person");
    // Their session still says admin; the database does not.
    expect(await refusal(decide(world, as({ id: "id-reviewer" }), change))).toBe("forbidden missing-permission");
    await withdrawChange(world.as("privacy"), change.id);
  });

  test("is not taken by a second account of who proposed it", async () => {
    const { db } = world.database;
    const twin = { email: "t@x.test", name: "T", roles: ["admin" as const], subject: "https://id.test|9" };
    await db.person.create({ data: { id: "admin-twin", ...twin } });
    await db.person.update({ where: { id: "id-admin" }, data: { subject: "https://id.test|9" } });
    const change = await propose(world, "admin", renamed("Twins'"));
    const ctx = { ...world.as("admin"), actor: { ...world.as("admin").actor, id: "admin-twin" } };
    expect(await refusal(decide(world, ctx, change))).toBe("forbidden same-subject");
    expect(change.deciders.map(({ id }) => id)).not.toContain("admin-twin");
    await withdrawChange(world.as("admin"), change.id);
    await db.person.update({ where: { id: "admin-twin" }, data: { disabledAt: testNow } });
  });

  test("about a person's roles is not theirs; privacy stands in where no other admin is left", async () => {
    const promoted = (id: string) =>
      ({ kind: "person-roles", subjectId: id, after: { roles: ["privacy", "admin"], team: null } }) as const;
    const change = await propose(world, "admin", promoted("id-admin2"));
    expect(await refusal(decide(world, "admin2", change))).toBe("forbidden about-you");
    expect(change.deciders.map(({ id }) => id)).toEqual(["id-privacy"]);
    await decide(world, "privacy", change, "reject");
    const other = await propose(world, "admin", promoted("id-privacy"));
    expect(other.deciders.map(({ id }) => id)).toEqual(["id-admin2"]);
    expect(await refusal(decide(world, "privacy", other))).toBe("forbidden about-you");
    await decide(world, "admin2", other, "reject");
  });

  test("never takes the last admin away", async () => {
    const without = (id: string) =>
      ({ kind: "person-roles", subjectId: id, after: { roles: ["viewer"], team: null } }) as const;
    const changes = [
      await propose(world, "admin2", without("id-admin")),
      await propose(world, "admin", without("id-admin2")),
    ];
    const outcomes = await Promise.all(changes.map((change) => refusal(decide(world, "privacy", change))));
    expect(outcomes.sort()).toEqual(["conflict last-admin", "done"]);
  });
});

test("the list begins with what waits, and says what waits for whom", async () => {
  const change = await propose(world, "privacy", renamed("Waiting"));
  const all = await listChanges(world.as("viewer"), { waiting: "all", limit: 200 });
  expect(all.items[0]).toMatchObject({ id: change.id, state: "open", lines: [{ label: "Name", after: "Waiting" }] });
  const states = all.items.map(({ state }) => (state === "open" ? 0 : 1));
  expect(states).toEqual(states.toSorted());
  const [remaining] = change.deciders;
  const name = remaining?.id === "id-admin" ? "admin" : "admin2";
  expect(await listChanges(world.as(name), { waiting: "me", limit: 200 })).toMatchObject({ total: 1 });
  expect(await listChanges(world.as("reviewer"), { waiting: "me", limit: 200 })).toMatchObject({ total: 0 });
});
