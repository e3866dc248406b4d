import type { SegmentDocument, TestCase } from "./document";

/** Names for keys, as the catalogue has them; a key it lacks is shown as it is. */
export type FieldNames = {
  readonly purpose: (key: string) => string;
  readonly region: (key: string) => string;
  readonly team: (key: string) => string;
  readonly person: (email: string) => string;
};

export type FieldChange = {
  readonly field: string;
  readonly label: string;
  /** Each value in words; several for fields that are lists. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly changed: boolean;
};

type Field = {
  readonly field: string;
  readonly label: string;
  readonly values: (document: SegmentDocument, names: FieldNames) => readonly string[];
};

/** Everything of a document that a reviewer answers for besides the rule, in the order in which it is shown. */
const fields: readonly Field[] = [
  { field: "name", label: "Name", values: ({ name }) => [name] },
  { field: "standing", label: "Standing", values: ({ standing }) => standingInWords(standing) },
  { field: "description", label: "Description", values: ({ description }) => some(description) },
  { field: "documentation", label: "Why it exists", values: ({ documentation }) => some(documentation) },
  { field: "tags", label: "Tags", values: ({ tags }) => tags },
  {
    field: "owner",
    label: "Owner",
    values: ({ owner }, names) => (owner ? [names.team(owner.team), names.person(owner.person)] : []),
  },
  { field: "criticality", label: "Criticality", values: ({ criticality }) => [criticality] },
  { field: "purposes", label: "Purposes", values: ({ purposes }, names) => purposes.map(names.purpose) },
  { field: "regions", label: "Regions", values: ({ regions }, names) => regions.map(names.region) },
  { field: "definition.include", label: "Always in", values: ({ definition }) => definition.include.map(entryInWords) },
  { field: "definition.exclude", label: "Never in", values: ({ definition }) => definition.exclude.map(entryInWords) },
  { field: "treatments", label: "Treatments", values: ({ treatments }) => pairs(treatments) },
  { field: "precedence", label: "Precedence", values: ({ precedence }) => [String(precedence)] },
  { field: "exclusiveGroup", label: "Exclusive group", values: ({ exclusiveGroup }) => some(exclusiveGroup) },
  { field: "objectives", label: "Objectives", values: ({ objectives }) => objectivesInWords(objectives) },
  { field: "lifecycle", label: "Review", values: ({ lifecycle }) => lifecycleInWords(lifecycle) },
  { field: "tests", label: "Tests", values: ({ tests }, names) => tests.map((test) => testInWords(test, names)) },
];

/** Without `before` (a first version) every field that holds something counts as changed. */
export function diffGovernedFields(
  before: SegmentDocument | null,
  after: SegmentDocument,
  names: FieldNames,
): FieldChange[] {
  return fields.map(({ field, label, values }) => {
    const was = before ? values(before, names) : [];
    const is = values(after, names);
    return { field, label, before: was, after: is, changed: JSON.stringify(was) !== JSON.stringify(is) };
  });
}

export function fieldLabel(field: string): string {
  return field === "definition.rule" ? "Rule" : (fields.find((each) => each.field === field)?.label ?? field);
}

/** The values of one field in words; none for the rule, which has words of its own. */
export function fieldInWords(field: string, document: SegmentDocument, names: FieldNames): readonly string[] {
  return fields.find((each) => each.field === field)?.values(document, names) ?? [];
}

/** "is gone, before fast.", "now with uk, without eu.": what follows the field's label. */
export function changeInWords({ before, after }: Pick<FieldChange, "before" | "after">): string {
  const gone = before.filter((value) => !after.includes(value));
  const come = after.filter((value) => !before.includes(value));
  if (before.length > 1 || after.length > 1) {
    const parts = [come.length > 0 && `now with ${come.join(", ")}`, gone.length > 0 && `without ${gone.join(", ")}`];
    return `${parts.filter(Boolean).join(", ") || "in another order"}.`;
  }
  return before.length === 0
    ? `is now ${after.join(", ")}.`
    : `is ${after.join(", ") || "gone"}, before ${before.join(", ")}.`;
}

function some(text: string | undefined): string[] {
  return text === undefined || text === "" ? [] : [text];
}

function pairs(treatments: SegmentDocument["treatments"]): string[] {
  return Object.entries(treatments)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name} = ${value}`);
}

function entryInWords(entry: SegmentDocument["definition"]["include"][number]): string {
  const until = entry.expiresAt ? ` until ${entry.expiresAt.slice(0, 10)}` : "";
  return `${entry.customerId}${until}${entry.reason ? ` (${entry.reason})` : ""}`;
}

/** "lapsed, is a member: plan = premium; consent to Marketing; lives in EU; on 2026-11-21". Tells all there is to tell. */
function testInWords({ name, customer, asOf, expect }: TestCase, names: FieldNames): string {
  const parts = [
    ...Object.entries(customer.attributes).map(([key, value]) => `${key} = ${[value].flat().join(", ")}`),
    ...customer.consents.map((key) => `consent to ${names.purpose(key)}`),
    ...customer.objections.map((key) => `objects to ${names.purpose(key)}`),
    ...(customer.region ? [`lives in ${names.region(customer.region)}`] : []),
    `${customer.id} on ${asOf.replace("T", " ").replace(/(:00)?\.000Z$/, " UTC")}`,
  ];
  return `${name}, ${expect === "member" ? "is a member" : "is no member"}: ${parts.join("; ")}`;
}

function standingInWords(standing: SegmentDocument["standing"]): string[] {
  if (!standing) return [];
  const { state, notice, removalAt, replacement } = standing;
  return [
    ...[state, notice],
    ...(removalAt ? [`to be removed ${removalAt.slice(0, 10)}`] : []),
    ...(replacement ? [`replaced by ${replacement}`] : []),
  ];
}

function objectivesInWords(objectives: SegmentDocument["objectives"]): string[] {
  if (!objectives) return [];
  const { availability, latency } = objectives;
  return [`${percent(availability)} available`, `${percent(latency.ratio)} within ${latency.thresholdMs} ms`];
}

/** Without the noise of binary fractions: 0.9995 is 99.95 %. */
function percent(share: number): string {
  return `${Number((share * 100).toPrecision(12))} %`;
}

function lifecycleInWords(lifecycle: SegmentDocument["lifecycle"]): string[] {
  const every = `every ${lifecycle.reviewEveryDays} days`;
  return lifecycle.expiresAt ? [every, `expires ${lifecycle.expiresAt.slice(0, 10)}`] : [every];
}
