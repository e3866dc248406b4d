import { expect, test } from "vitest";
import { readIdentityClaims } from "./identity-claims";

const groupsIn = (claims: object, groups = "groups") => readIdentityClaims({ sub: "s", ...claims }, { groups })?.groups;

test("groups come from the claim of that name, or from a path into one", () => {
  expect(groupsIn({ groups: ["a", "b"] })).toEqual(["a", "b"]);
  expect(groupsIn({ groups: "a" })).toEqual(["a"]);
  expect(groupsIn({ realm_access: { roles: ["a"] } }, "realm_access.roles")).toEqual(["a"]);
  expect(groupsIn({ "https://x.test/groups": ["a"] }, "https://x.test/groups")).toEqual(["a"]);
});

test.each([{}, { groups: null }, { groups: 7 }, { groups: [{ name: "a" }] }])("%j holds no groups", (claims) => {
  expect(groupsIn(claims)).toEqual([]);
});

test("a path leads into claims only, not into what every object has", () => {
  expect(groupsIn({}, "constructor.name")).toEqual([]);
  expect(groupsIn({ groups: "a" }, "groups.length")).toEqual([]);
});

test.each([
  [undefined, null],
  [true, true],
  [false, false],
  ["true", true],
  ["false", false],
])("email_verified %j is %j", (said, expected) => {
  expect(readIdentityClaims({ sub: "s", email_verified: said }, { groups: "groups" })?.emailVerified).toBe(expected);
});

test.each([{}, { sub: "" }, { sub: 5 }, { sub: "s", email_verified: "perhaps" }, null, "s"])(
  "%j names nobody",
  (claims) => {
    expect(readIdentityClaims(claims, { groups: "groups" })).toBeNull();
  },
);

test("a team is written as a key, and one that cannot be a key is none", () => {
  const team = (value: unknown) => readIdentityClaims({ sub: "s", team: value }, { groups: "g", team: "team" })?.team;
  expect(team("Customer Care")).toBe("customer-care");
  expect(team(["growth", "x"])).toBe("growth");
  expect(team("/growth")).toBeNull();
  expect(team(undefined)).toBeNull();
});

test("an e-mail is compared in lower case, and what is none counts as absent", () => {
  const email = (value: unknown) => readIdentityClaims({ sub: "s", email: value }, { groups: "g" })?.email;
  expect(email("Ada@X.test")).toBe("ada@x.test");
  expect(email("not one")).toBeNull();
});
