import type { Catalogue } from "../catalogue/definition";
import { type AttributeValue, childrenOf, groupKindOf, type Profile, type TreeNode } from "../rules/definition";
import { compile } from "../rules/evaluate";
import { group } from "../rules/group";
import { parseInstant } from "../rules/instant";
import { hasBareReference, isResolvedSegment } from "../rules/references";
import type { DocumentVocabulary } from "../rules/vocabulary";
import type { SegmentDocument, TestCase } from "./document";
import { joinParts, membershipParts } from "./membership-parts";

export type TestResult = Pick<TestCase, "name" | "expect"> & { readonly passes: boolean };

/**
 * Runs a document's test cases through its guards, lists by hand and rule, each at its own instant. The rule must be
 * checked. A test says itself on which managed lists its customer is: who is on them in truth would be told to everybody
 * by whether it passes. They say what the rule does, and so the same of an archived document. Null where the catalogue does not say what a segment stands for that the rule refers to.
 */
export function runTestCases(document: SegmentDocument, catalogue: DocumentVocabulary): TestResult[] | null {
  const parts = membershipParts({ ...document, standing: undefined }, catalogue);
  const rule = withListsAsAttributes(parts.rule);
  if (hasBareReference(rule)) return null;
  const isMember = compile(joinParts({ ...parts, rule }));
  return document.tests.map(({ name, customer, asOf, expect }) => {
    const profile = profileOf(customer, catalogue);
    const lists = Object.fromEntries((customer.lists ?? []).map((list) => [listAttribute(list), true]));
    const listed = { ...profile, attributes: { ...profile.attributes, ...lists } };
    return { name, expect, passes: isMember(listed, Date.parse(asOf)) === (expect === "member") };
  });
}

/** No key of an attribute has a space. */
function listAttribute(list: string): string {
  return `list ${list}`;
}

function withListsAsAttributes(tree: TreeNode): TreeNode {
  const kind = groupKindOf(tree);
  if (kind !== undefined) return group(kind, childrenOf(tree).map(withListsAsAttributes));
  if (isResolvedSegment(tree)) return { ...tree, rule: withListsAsAttributes(tree.rule) };
  if (!("list" in tree)) return tree;
  return { attribute: listAttribute(tree.list), operator: tree.operator === "listed" ? "is_set" : "is_not_set" };
}

/** As ingest would store it: text in NFC and trimmed, blank missing, instants in milliseconds. */
export function profileOf(
  { id, region, consents, objections, attributes }: TestCase["customer"],
  catalogue: Catalogue,
): Profile {
  const values = Object.entries(attributes).flatMap(([key, given]): [string, AttributeValue][] => {
    const value = storedValue(given, catalogue.attributes.get(key)?.type === "timestamp");
    return value === undefined ? [] : [[key, value]];
  });
  return {
    id,
    ...(region === undefined ? {} : { region }),
    consents,
    objections,
    attributes: Object.fromEntries(values),
  };
}

function storedValue(given: AttributeValue, isInstant: boolean): AttributeValue | undefined {
  if (typeof given === "string") return isInstant ? parseInstant(given) : storedText(given) || undefined;
  return typeof given === "object" ? [...new Set(given.map(storedText))] : given;
}

function storedText(text: string): string {
  return text.normalize("NFC").trim();
}
