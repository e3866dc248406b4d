import fc from "fast-check";
import { type Attribute, attributeSchema, type Catalogue, catalogueOf } from "../catalogue/definition";
import { bounds, type Profile, type Rule } from "../rules/definition";
import type { RuleVocabulary } from "../rules/vocabulary";
import { anyInstant, attributeValue, conditionOn } from "./condition-arbitraries";

export type RuleCase = {
  readonly catalogue: Catalogue;
  readonly rule: Rule;
  readonly profiles: readonly Profile[];
  /** Milliseconds since 1970 UTC. */
  readonly asOf: number;
};

export const regionKeys = ["eu", "uk", "us"] as const;
export const purposeKeys = ["marketing", "billing", "research"] as const;

/** Two attributes of each type, so that a rule can compare a value with the wrong one of its kind. */
export const anyCatalogue: fc.Arbitrary<Catalogue> = fc
  .uniqueArray(fc.constantFrom("first", "second"), { minLength: 1 })
  .map((names) =>
    catalogueOf({
      attributes: names.flatMap((name) =>
        attributeSchema.shape.type.options.map(
          (type): Attribute => attributeSchema.parse({ key: `${type}_${name}`, name: `${name} ${type}`, type }),
        ),
      ),
      purposes: purposeKeys.map((key) => ({
        key,
        name: key,
        description: "",
        lawfulBasis: key === "billing" ? ("contract" as const) : ("consent" as const),
      })),
      regions: regionKeys.map((key) => ({ key, name: key.toUpperCase(), description: "" })),
    }),
  );

/**
 * Rules that `checkRule` accepts: values normalised, instants with milliseconds, groups filled. They refer to the
 * segments and lists that the vocabulary has.
 */
export function anyRule(vocabulary: RuleVocabulary, asOf: number, depth: number = 3): fc.Arbitrary<Rule> {
  const onAttribute: fc.Arbitrary<Rule> = fc
    .constantFrom(...vocabulary.attributes.values())
    .chain((attribute) => conditionOn(attribute, asOf));
  const references = [
    ...[...(vocabulary.segments?.keys() ?? [])].flatMap((segment): Rule[] => [
      { segment, operator: "member" },
      { segment, operator: "not_member" },
    ]),
    ...[...(vocabulary.lists?.keys() ?? [])].flatMap((list): Rule[] => [
      { list, operator: "listed" },
      { list, operator: "not_listed" },
    ]),
  ];
  const condition =
    references.length === 0
      ? onAttribute
      : fc.oneof({ arbitrary: onAttribute, weight: 7 }, { arbitrary: fc.constantFrom(...references), weight: 1 });
  return nested(condition, Math.min(depth, bounds.depth));
}

function nested(condition: fc.Arbitrary<Rule>, depth: number): fc.Arbitrary<Rule> {
  if (depth === 0) return condition;
  const children = fc.array(nested(condition, depth - 1), { minLength: 1, maxLength: 4 });
  return fc.oneof(
    { arbitrary: condition, weight: 2 },
    { arbitrary: children.map((all): Rule => ({ all })), weight: 1 },
    { arbitrary: children.map((any): Rule => ({ any })), weight: 1 },
    { arbitrary: children.map((none): Rule => ({ none })), weight: 1 },
  );
}

/** Any attribute may be missing; values and instants are drawn from the pools that conditions compare with. */
export function anyProfile(catalogue: Catalogue, asOf: number): fc.Arbitrary<Profile> {
  return fc.record(
    {
      id: anyCustomerId,
      region: fc.constantFrom(...regionKeys),
      consents: fc.subarray([...purposeKeys]),
      objections: fc.subarray([...purposeKeys]),
      attributes: anyValues(catalogue, asOf),
    },
    { requiredKeys: ["id", "consents", "objections", "attributes"], noNullPrototype: true },
  );
}

function anyValues(catalogue: Catalogue, asOf: number): fc.Arbitrary<Profile["attributes"]> {
  const entries = [...catalogue.attributes.values()].map((attribute) =>
    fc.tuple(fc.constant(attribute.key), fc.option(attributeValue(attribute, asOf), { nil: undefined, freq: 4 })),
  );
  return fc
    .tuple(...entries)
    .map((values) => Object.fromEntries(values.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))));
}

export const anyCustomerId: fc.Arbitrary<string> = fc.oneof(
  fc.nat(99).map((n) => `c_${n}`),
  fc.constantFrom("0", "007", "123456789012345678901234567890", "Zoë", "👩‍👩‍👧", "a'b"),
);

/** A catalogue, a rule over it, and profiles with distinct ids to run it on, all at one instant. */
export const anyRuleCase: fc.Arbitrary<RuleCase> = fc.tuple(anyCatalogue, anyInstant).chain(([catalogue, asOf]) =>
  fc.record(
    {
      catalogue: fc.constant(catalogue),
      rule: anyRule(catalogue, asOf),
      profiles: fc.uniqueArray(anyProfile(catalogue, asOf), {
        selector: (profile) => profile.id,
        minLength: 1,
        maxLength: 8,
      }),
      asOf: fc.constant(asOf),
    },
    { noNullPrototype: true },
  ),
);
