import { describe, expect, test } from "vitest";
import { parseGroupRoles } from "./group-roles";
import type { IdentityClaims } from "./identity-claims";
import { decideSignOn, type KnownPerson, type SignOnFacts } from "./sign-on";

const { groupRoles } = parseGroupRoles("admins=admin,author; reviewers=reviewer");
const disabledAt = new Date("2026-03-04T05:06:07Z");

function claims(more: Partial<IdentityClaims> = {}): IdentityClaims {
  return { sub: "s1", email: "ada@x.test", emailVerified: true, name: "Ada", groups: [], team: null, ...more };
}

function ada(more: Partial<KnownPerson> = {}): KnownPerson {
  return {
    ...{ id: "1", name: "Ada", email: "ada@x.test", roles: ["author"], rolesFromGroups: false },
    ...{ teamKey: null, subject: "i|s1", disabledAt: null },
    ...more,
  };
}

function decide(more: Partial<SignOnFacts>) {
  return decideSignOn({ claims: claims(), subject: "i|s1", linked: [], named: null, trustsEmail: false, ...more });
}

describe("somebody not known", () => {
  test("is made where a group gives a role and the e-mail is verified", () => {
    const given = claims({ groups: ["reviewers", "others"], team: "growth" });
    expect(decide({ groupRoles, claims: given })).toEqual({
      person: null,
      changes: {
        ...{ subject: "i|s1", email: "ada@x.test", roles: ["reviewer"], rolesFromGroups: true, teamKey: "growth" },
      },
      refused: null,
    });
  });

  test.each([
    ["without the setting that gives groups roles", { groupRoles: undefined }, "unknown"],
    ["in no group that gives a role", { claims: claims({ groups: ["others"] }) }, "no-role"],
    [
      "with an e-mail that is not verified",
      { claims: claims({ groups: ["admins"], emailVerified: false }) },
      "email-unverified",
    ],
    [
      "with an e-mail that nobody calls verified",
      { claims: claims({ groups: ["admins"], emailVerified: null }) },
      "email-unverified",
    ],
    ["without an e-mail", { claims: claims({ groups: ["admins"], email: null }) }, "no-email"],
  ] satisfies [string, Partial<SignOnFacts>, string][])("%s is refused", (_, facts, refused) => {
    expect(decide({ groupRoles, ...facts })).toMatchObject({ person: null, changes: {}, refused });
  });

  test("comes in without the word verified where the provider is trusted for it", () => {
    const given = claims({ groups: ["admins"], emailVerified: null });
    expect(decide({ groupRoles, claims: given, trustsEmail: true }).refused).toBeNull();
    expect(decide({ groupRoles, claims: { ...given, emailVerified: false }, trustsEmail: true }).refused).toBe(
      "email-unverified",
    );
  });
});

describe("somebody whose e-mail is known", () => {
  test("is linked to the subject", () => {
    const named = ada({ subject: null });
    expect(decide({ named })).toEqual({ person: named, changes: { subject: "i|s1" }, refused: null });
  });

  test.each([
    ["of a person linked to another subject", ada({ subject: "i|s2" }), "email-of-another"],
    ["of a disabled person", ada({ subject: null, disabledAt }), "disabled"],
  ])("is not let in by the e-mail %s", (_, named, refused) => {
    expect(decide({ groupRoles, named, claims: claims({ groups: ["admins"] }) })).toMatchObject({
      changes: {},
      refused,
    });
  });
});

describe("somebody whose subject is known", () => {
  test("keeps what they are under another e-mail, which is kept too", () => {
    const moved = claims({ email: "lovelace@x.test" });
    expect(decide({ linked: [ada()], claims: moved })).toMatchObject({
      changes: { email: "lovelace@x.test" },
      refused: null,
    });
  });

  test.each([
    ["taken", { named: ada({ id: "2", email: "lovelace@x.test", subject: null }) }],
    ["not verified", { claims: claims({ email: "lovelace@x.test", emailVerified: null }) }],
  ])("comes in under an e-mail that is %s, and keeps the old one", (_, facts) => {
    const moved = claims({ email: "lovelace@x.test" });
    expect(decide({ linked: [ada()], claims: moved, ...facts })).toEqual({ person: ada(), changes: {}, refused: null });
  });

  test("is refused once disabled, whatever the groups say", () => {
    const linked = [ada({ disabledAt })];
    expect(decide({ groupRoles, linked, claims: claims({ groups: ["admins"] }) })).toMatchObject({
      changes: {},
      refused: "disabled",
    });
  });

  test("is, of two accounts of one subject, the one with the e-mail, disabled or not", () => {
    const linked = [ada({ id: "1", email: "old@x.test" }), ada({ id: "2", disabledAt })];
    expect(decide({ linked })).toMatchObject({ person: { id: "2" }, refused: "disabled" });
    expect(decide({ linked, claims: claims({ email: "new@x.test" }) })).toMatchObject({
      person: { id: "1" },
      refused: null,
    });
  });
});

describe("groups", () => {
  test("give exactly their roles, and take those that Steward gave", () => {
    const given = claims({ groups: ["admins"] });
    expect(decide({ groupRoles, linked: [ada({ roles: ["operator"] })], claims: given })).toMatchObject({
      changes: { roles: ["author", "admin"], rolesFromGroups: true },
      refused: null,
    });
  });

  test("change nothing where they give what is there", () => {
    const linked = [ada({ roles: ["admin", "author"], rolesFromGroups: true })];
    expect(decide({ groupRoles, linked, claims: claims({ groups: ["admins"] }) }).changes).toEqual({});
  });

  test("that give nothing leave whoever has roles from groups with none, and out", () => {
    const linked = [ada({ rolesFromGroups: true })];
    expect(decide({ groupRoles, linked })).toMatchObject({
      changes: { roles: [], rolesFromGroups: true },
      refused: "no-role",
    });
  });

  test("that give nothing leave the roles that Steward gave", () => {
    expect(decide({ groupRoles, linked: [ada()] })).toMatchObject({ changes: {}, refused: null });
  });

  test("have no say without the setting: from then on Steward gives the roles", () => {
    const linked = [ada({ rolesFromGroups: true })];
    expect(decide({ linked, claims: claims({ groups: ["admins"], team: "x" }) })).toMatchObject({
      changes: { rolesFromGroups: false },
      refused: null,
    });
  });
});
