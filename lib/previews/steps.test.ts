import { expect, test } from "vitest";
import type { Rule } from "../rules/definition";
import type { Preview } from "./contract";
import { funnelRows, guardNames, placeOf, stepsByPlace } from "./steps";

const step = (path: (string | number)[], alone: number, cumulative: number) => ({
  path,
  text: path.join("/"),
  alone,
  cumulative,
  missing: 0,
});
const preview: Preview = {
  asOf: "2026-11-21T00:00:00.000Z",
  dataOf: null,
  population: 1000,
  matched: 100,
  included: 3,
  excluded: 5,
  denied: { consent: 30, region: 8 },
  members: 60,
  lost: [],
  byRegion: [],
  funnel: [step(["all", 0], 400, 400), step(["all", 1], 200, 100), step(["all", 1, "any", 0], 150, 100)],
  findings: [],
  tests: [],
  countedInMs: 1,
};
const plan: Rule = { attribute: "plan", operator: "equals", value: "premium" };
const names = { consented: ["Marketing"], unobjected: [], regions: ["EU", "UK"], archived: false };

test("the funnel goes from everyone over the top steps, the lists and the guards to the members", () => {
  const rows = funnelRows({ all: [plan, { any: [plan] }] }, preview, names);
  expect(rows.map((row) => [row.text, row.kind, row.left, row.change])).toEqual([
    ["Everyone", "everyone", 1000, 0],
    ["all/0", "rule", 400, -600],
    ["all/1", "rule", 100, -300],
    ["Always in 3, never in 5", "hand", 98, -2],
    ["Consent for marketing", "guard", 68, -30],
    ["Region EU or UK", "guard", 60, -8],
  ]);
  expect(rows[1]?.keeps).toBe(0.4);
});

test("a root that is not an all is one step", () => {
  const rows = funnelRows({ any: [plan] }, { ...preview, funnel: [step(["any", 0], 100, 100)] }, names);
  expect(rows.map((row) => row.left)).toEqual([1000, 100, 98, 68, 60]);
});

test("nobody before a step keeps nothing that could be said", () => {
  const none = {
    ...preview,
    population: 0,
    matched: 0,
    included: 0,
    excluded: 0,
    members: 0,
    denied: { consent: 0, region: 0 },
  };
  expect(funnelRows({ any: [plan] }, { ...none, funnel: [] }, names).map((row) => row.keeps)).toEqual([
    null,
    null,
    null,
    null,
  ]);
});

test("guards are named by what the purposes rest on", () => {
  const purposes = [
    { key: "marketing", name: "Marketing", lawfulBasis: "consent" },
    { key: "contract", name: "Contract", lawfulBasis: "contract" },
  ] as const;
  const guards = (keys: string[]) =>
    guardNames({ purposes: keys, regions: ["eu"] }, purposes, [{ key: "eu", name: "EU" }]);
  const texts = (keys: string[]) =>
    funnelRows(plan, preview, guards(keys))
      .filter((row) => row.kind === "guard")
      .map((row) => row.text);
  expect(texts(["contract", "marketing"])).toEqual(["Consent for marketing", "Region EU"]);
  expect(texts(["contract"])).toEqual(["No objection to contract", "Region EU"]);
  expect(texts([])).toEqual(["Region EU"]);
});

test("a place is told by the children's numbers", () => {
  expect(placeOf(["all", 2, "any", 0])).toBe("2.0");
  expect([...stepsByPlace({ all: [plan] }, preview).keys()]).toEqual(["0", "1", "1.0"]);
  expect([...stepsByPlace(plan, { ...preview, funnel: [step([], 1, 1)] }).keys()]).toEqual(["0"]);
});

test("of an archived segment neither lists nor guards keep anybody out: the archive does", () => {
  const archived = { ...preview, members: 0, denied: { consent: 0, region: 0 } };
  const rows = funnelRows({ all: [plan] }, archived, { ...names, archived: true });
  expect(rows.slice(-2).map((row) => [row.text, row.left, row.change])).toEqual([
    ["all/1", 100, -300],
    ["Archived", 0, -100],
  ]);
});
