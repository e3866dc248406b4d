import type { AttributeType, WindowUnit } from "../catalogue/definition";

/** The rule language. Its meaning is specified in docs/rules.md; `check.ts` turns unknown input into a `Rule`. */
export type Rule = AllOf | AnyOf | NoneOf | Condition;
export type AllOf = { readonly all: readonly Rule[] };
export type AnyOf = { readonly any: readonly Rule[] };
export type NoneOf = { readonly none: readonly Rule[] };

export type Condition = AttributeCondition | SegmentCondition | ListCondition;
export type AttributeCondition = {
  readonly attribute: string;
  readonly operator: AttributeOperator;
  readonly value?: ConditionValue;
};
export type SegmentCondition = { readonly segment: string; readonly operator: "member" | "not_member" };
export type ListCondition = { readonly list: string; readonly operator: "listed" | "not_listed" };

/**
 * By operator: text or number or boolean for comparisons; `[low, high]` for between; up to 1,000 values for
 * in, not_in and contains_*; ISO 8601 UTC text for before and after; a `Window` for within_last and its kin.
 */
export type ConditionValue = string | number | boolean | readonly string[] | readonly number[] | Window;

export type Window = { readonly n: number; readonly unit: WindowUnit };
export const unitMilliseconds = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const satisfies Record<
  WindowUnit,
  number
>;

export const operatorsByType = {
  string: ["equals", "not_equals", "in", "not_in", "contains", "starts_with", "ends_with", "is_set", "is_not_set"],
  number: [
    "equals",
    "not_equals",
    "less_than",
    "at_most",
    "greater_than",
    "at_least",
    "between",
    "is_set",
    "is_not_set",
  ],
  boolean: ["equals", "is_set", "is_not_set"],
  timestamp: ["before", "after", "within_last", "not_within_last", "within_next", "is_set", "is_not_set"],
  string_set: ["contains_any", "contains_all", "contains_none", "is_set", "is_not_set"],
} as const satisfies Record<AttributeType, readonly string[]>;
export type AttributeOperator = (typeof operatorsByType)[AttributeType][number];

export const groupKinds = ["all", "any", "none"] as const;
export type GroupKind = (typeof groupKinds)[number];

export const bounds = {
  childrenPerGroup: 200,
  depth: 6,
  conditions: 200,
  values: 1_000,
  textLength: 1_000,
  windowDays: 36_500,
  /** Segments that refer to segments: so many in a row. */
  references: 6,
  /** Named by the managed lists of a rule, those within the segments it refers to among them. */
  listedCustomers: 300_000,
} as const;

export type AttributeValue = string | number | boolean | readonly string[];

/**
 * What an evaluator is given of a customer. Timestamps are milliseconds since 1970 UTC; a missing attribute is an
 * absent key. `consents` are the purposes granted and not withdrawn, `objections` those objected to.
 */
export type Profile = {
  readonly id: string;
  readonly region?: string;
  readonly consents: readonly string[];
  readonly objections: readonly string[];
  readonly attributes: Readonly<Record<string, AttributeValue>>;
};

/** A place in a rule: `["all", 2, "any", 0]` is the first child of the `any` that is the third child of the root. */
export type RulePath = readonly (string | number)[];

export function formatPath(path: RulePath): string {
  return path.map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`)).join("");
}

export function groupKindOf(rule: TreeNode): GroupKind | undefined {
  return "all" in rule ? "all" : "any" in rule ? "any" : "none" in rule ? "none" : undefined;
}

export function childrenOf(rule: Rule): readonly Rule[];
export function childrenOf(rule: TreeNode): readonly TreeNode[];
export function childrenOf(rule: TreeNode): readonly TreeNode[] {
  return "all" in rule ? rule.all : "any" in rule ? rule.any : "none" in rule ? rule.none : [];
}

/** The leaves that guards, lists by hand and a rollout add around an author's rule. Authors cannot write them. */
export type GuardLeaf =
  | { readonly guard: "consent"; readonly purpose: string }
  | { readonly guard: "objection"; readonly purpose: string }
  | { readonly guard: "region"; readonly regions: readonly string[] }
  /** True for a listed customer whose entry has not expired: `asOf < expiresAt`, milliseconds. */
  | { readonly guard: "listed"; readonly entries: readonly ListedCustomer[] }
  /** md5(salt + ":" + id), first 8 hex digits as an integer, modulo 10,000, below `below`. */
  | { readonly guard: "rollout"; readonly salt: string; readonly below: number };
export type ListedCustomer = { readonly customerId: string; readonly expiresAt?: number };

/** A reference with what it stood for when it was resolved; `rule` is the referred segment's, its own references resolved. */
export type ResolvedSegment = SegmentCondition & { readonly version: number; readonly rule: TreeNode };
export type ResolvedList = ListCondition & { readonly version: number; readonly entries: readonly ListedCustomer[] };

/** Any node of the tree that programs evaluate: an author's rule, or that rule with its guards around it. */
export type TreeNode =
  | Condition
  | ResolvedSegment
  | ResolvedList
  | GuardLeaf
  | { readonly all: readonly TreeNode[] }
  | { readonly any: readonly TreeNode[] }
  | { readonly none: readonly TreeNode[] };
