import { describe, expect, test } from "vitest";
import type { Role } from "../access/permissions";
import { changeKindNames } from "./change-kinds";
import {
  changeStates,
  type Decider,
  decidersOf,
  type ProposedChange,
  refusalOfDecision,
  refusalOfProposal,
  refusalOfWithdrawal,
} from "./change-rules";

const person = (id: string, role: Role, more: Partial<Decider> = {}): Decider => ({
  ...{ id, subject: null, roles: [role], disabled: false },
  ...more,
});
const author = person("author", "admin", { subject: "idp|author" });
const twin = person("twin", "admin", { subject: "idp|author" });
const admin = person("admin", "admin");
const privacy = person("privacy", "privacy");
const operator = person("operator", "operator");
const reviewer = person("reviewer", "reviewer");
const disabled = person("disabled", "admin", { disabled: true });
const people = [author, twin, admin, privacy, operator, reviewer, disabled];

const change = (more: Partial<ProposedChange> = {}): ProposedChange => ({
  ...{ kind: "approval-policy", state: "open", author, about: null },
  ...more,
});
const reasonFor = (
  decider: Decider | null,
  of = change(),
  via: "session" | "token" | "command line" | "system" = "session",
) => refusalOfDecision({ via }, decider, { change: of, people })?.reason ?? null;

describe("who decides on a change of a policy", () => {
  test.each([
    ["its author", author, "own-change"],
    ["a second account of its author", twin, "same-subject"],
    ["a disabled account", disabled, "disabled"],
    ["a reviewer", reviewer, "missing-permission"],
    ["an operator", operator, "missing-permission"],
    ["nobody known", null, "no-person"],
    ["another admin", admin, null],
    ["privacy", privacy, null],
  ] as const)("%s: %s", (_who, decider, reason) => expect(reasonFor(decider)).toBe(reason));

  test.each(["command line", "system"] as const)("never the %s, whoever it names", (via) => {
    expect(reasonFor(admin, change(), via)).toBe("no-person");
  });

  test("a personal token is its person", () => {
    expect(reasonFor(admin, change(), "token")).toBeNull();
    expect(reasonFor(author, change(), "token")).toBe("own-change");
  });

  test.each(changeStates.filter((state) => state !== "open"))("nobody once it is %s", (state) => {
    expect(reasonFor(admin, change({ state }))).toBe("already-decided");
  });
});

describe.each([
  ["approval-policy", ["admin", "privacy"]],
  ["attribute", ["admin", "privacy"]],
  ["purpose", ["admin", "privacy"]],
  ["region", ["admin", "privacy"]],
  ["label-policy", ["admin", "privacy"]],
  ["transfer-rule", ["admin", "privacy"]],
  ["environment", ["admin", "operator"]],
  ["freeze-end", ["admin", "operator"]],
  ["person-roles", ["admin"]],
  ["person-enable", ["admin"]],
] as const)("%s", (kind, deciders) => {
  test(`is decided on by ${deciders.join(" and ")}`, () => {
    expect(decidersOf(change({ kind }), people).map(({ id }) => id)).toEqual(deciders);
  });

  test("what the command line proposed, the first admin too may decide", () => {
    expect(decidersOf(change({ kind, author: null }), people)).toContain(author);
  });
});

describe("a change of a person's roles", () => {
  test("is not decided on by whom it is about, nor by their second account", () => {
    const about = { id: "admin", subject: "idp|admin" };
    const second = person("second", "admin", { subject: "idp|admin" });
    const of = change({ kind: "person-roles", about });
    expect(reasonFor(admin, of)).toBe("about-you");
    expect(refusalOfDecision({ via: "session" }, second, { change: of, people })?.reason).toBe("about-you");
  });

  test("is privacy's where no other admin is free, and not before", () => {
    const of = change({ kind: "person-roles", about: admin });
    expect(decidersOf(of, people)).toEqual([privacy]);
    expect(decidersOf(change({ kind: "person-roles", about: reviewer }), people)).toEqual([admin]);
  });
});

test.each(changeKindNames)("a change of %s can be proposed by somebody who does not decide alone", (kind) => {
  const someone = people.find((each) => refusalOfProposal({ roles: each.roles, via: "session" }, kind) === null);
  expect(someone).toBeDefined();
  expect(refusalOfProposal({ roles: ["viewer"], via: "session" }, kind)?.reason).toBe("missing-permission");
  expect(refusalOfProposal({ roles: ["admin"], via: "system" }, kind)?.reason).toBe("no-person");
});

test("only who proposed a change withdraws it; what nobody in person proposed, the command line does", () => {
  const reason = (id: string, via: "session" | "command line", of = change()) =>
    refusalOfWithdrawal({ id, via }, of)?.reason ?? null;
  expect(reason("author", "session")).toBeNull();
  expect(reason("admin", "session")).toBe("not-yours");
  expect(reason("command-line", "command line")).toBe("not-yours");
  expect(reason("command-line", "command line", change({ author: null }))).toBeNull();
  expect(reason("author", "session", change({ state: "applied" }))).toBe("already-decided");
});
