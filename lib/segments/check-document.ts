import { type Finding, isBlocking } from "../findings";
import { checkRule } from "../rules/check";
import { nearestKeys } from "../rules/nearest-keys";
import { oneOf, quote } from "../rules/rule-finding";
import type { DocumentVocabulary } from "../rules/vocabulary";
import { checkLists } from "./check-lists";
import { checkStanding } from "./check-standing";
import { isArchived, type SegmentDocument } from "./document";
import { below, parseDraft } from "./draft-shape";
import { runTestCases } from "./run-test-cases";

export type DocumentCheck = {
  /** Absent when the input cannot be kept at all. Its rule is the checked one, if the rule is sound. */
  readonly document?: SegmentDocument;
  readonly findings: readonly Finding[];
};

/**
 * Everything that is wrong, or worth knowing, about a document: shape, rule, governed fields, lists, standing, test cases.
 * `asOf` (milliseconds) is the instant at which an expiry has passed; without it expiries are not looked at.
 */
export function checkDocument(input: unknown, catalogue: DocumentVocabulary, asOf?: number): DocumentCheck {
  const shape = parseDraft(input);
  if (!shape.ok) return { findings: shape.findings };
  const given = shape.document;
  const rule = checkRule(given.definition.rule, catalogue, given.key);
  const findings = [
    ...rule.findings.map((each) => ({ ...each, path: below("definition.rule", each.path) })),
    ...missingParts(given),
    ...unknownKeys("purpose", "purposes", given.purposes, catalogue.purposes),
    ...unknownKeys("region", "regions", given.regions, catalogue.regions),
    ...checkLists(given.definition, asOf),
    ...expiry(given, asOf),
    ...checkStanding(given, catalogue, asOf),
  ];
  if (!rule.ok) return { document: given, findings };
  const document = { ...given, definition: { ...given.definition, rule: rule.rule } };
  return { document, findings: [...findings, ...failedTests(document, catalogue)] };
}

/** The document, if nothing blocks it. */
export function soundDocument({ document, findings }: DocumentCheck): SegmentDocument | undefined {
  return findings.some(isBlocking) ? undefined : document;
}

function missingParts({ owner, purposes, regions }: SegmentDocument): Finding[] {
  const findings: Finding[] = [];
  if (!owner) findings.push(blocking("no-owner", "owner", "The segment has no owner.", "Name a team and a person."));
  if (purposes.length === 0)
    findings.push(
      blocking("no-purpose", "purposes", "The segment has no purpose.", "Name at least one purpose it is used for."),
    );
  if (regions.length === 0)
    findings.push(
      blocking(
        "no-region",
        "regions",
        "The segment has no region.",
        "Name at least one region whose residents may be in.",
      ),
    );
  return findings;
}

function unknownKeys(
  kind: "purpose" | "region",
  field: string,
  keys: readonly string[],
  known: ReadonlyMap<string, unknown>,
): Finding[] {
  return keys.flatMap((key, index) => {
    const path = `${field}[${index}]`;
    if (!known.has(key)) {
      const near = nearestKeys(key, known.keys());
      const some = near.length > 0 ? near : [...known.keys()].slice(0, 5);
      const resolution =
        near.length > 0
          ? `Did you mean ${oneOf(near)}?`
          : `Use one of the catalogue's${some.length > 0 ? `, as ${oneOf(some)}` : ", once it has any"}.`;
      return [blocking(`unknown-${kind}`, path, `There is no ${kind} ${quote(key)} in the catalogue.`, resolution)];
    }
    if (keys.indexOf(key) === index) return [];
    return [warning(`repeated-${kind}`, path, `The ${kind} ${quote(key)} is named twice.`, "Name it once.")];
  });
}

/** An archived segment is past caring. */
function expiry(document: SegmentDocument, asOf: number | undefined): Finding[] {
  const { expiresAt } = document.lifecycle;
  if (expiresAt === undefined || asOf === undefined || Date.parse(expiresAt) > asOf) return [];
  if (isArchived(document)) return [];
  const message = `The segment expired at ${expiresAt}.`;
  return [blocking("expired", "lifecycle.expiresAt", message, "Give a later instant, or none.")];
}

function failedTests(document: SegmentDocument, catalogue: DocumentVocabulary): Finding[] {
  return (runTestCases(document, catalogue) ?? []).flatMap(({ name, expect, passes }, index) => {
    if (passes) return [];
    const [wanted, found] = expect === "member" ? ["a member", "none"] : ["no member", "one"];
    const message = `The test ${quote(name)} expects ${wanted} and finds ${found}.`;
    const resolution = "Change the rule, or the test if it expects the wrong thing.";
    return [blocking("test-failed", `tests[${index}]`, message, resolution)];
  });
}

function blocking(code: string, path: string, message: string, resolution: string): Finding {
  return { code, severity: "blocking", message, path, resolution };
}

function warning(code: string, path: string, message: string, resolution: string): Finding {
  return { code, severity: "warning", message, path, resolution };
}
