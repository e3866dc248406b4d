import type { Catalogue } from "../catalogue/definition";
import type { AttributeValue, Profile } from "../rules/definition";
import { compile } from "../rules/evaluate";
import { parseInstant } from "../rules/instant";
import { hasBareReference } from "../rules/references";
import type { DocumentVocabulary } from "../rules/vocabulary";
import type { SegmentDocument, TestCase } from "./document";
import { membershipParts } from "./membership-parts";

export type TestResult = Pick<TestCase, "name" | "expect"> & { readonly passes: boolean };

/**
 * Runs a document's test cases through its guards, lists and rule, each at its own instant. The rule must be checked.
 * Null where the catalogue does not say what a reference of the rule stands for.
 */
export function runTestCases(document: SegmentDocument, catalogue: DocumentVocabulary): TestResult[] | null {
  const { tree } = membershipParts(document, catalogue);
  if (hasBareReference(tree)) return null;
  const isMember = compile(tree);
  return document.tests.map(({ name, customer, asOf, expect }) => ({
    name,
    expect,
    passes: isMember(profileOf(customer, catalogue), Date.parse(asOf)) === (expect === "member"),
  }));
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
