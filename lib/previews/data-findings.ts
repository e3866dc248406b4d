import type { Catalogue } from "../catalogue/definition";
import { downToCell, minimumCell } from "../catalogue/small-cells";
import type { Counts } from "../engine/answers";
import type { Finding } from "../findings";
import { childrenOf, formatPath, type Rule, type RulePath } from "../rules/definition";
import { attributeName } from "../rules/vocabulary";

const missingShareWorthSaying = 0.05;
const deniedShareWorthSaying = 0.5;

type Counted = Pick<Counts, "population" | "matched" | "members" | "denied" | "funnel">;

/**
 * What the data says about a document: true now, and perhaps not tomorrow. For everyone it speaks of whole cells only,
 * in words and in whether it speaks, as evidence keeps it and people of all roles read it: a finding that told nobody
 * from somebody would tell whether one customer is as a rule describes them.
 */
export function dataFindings(rule: Rule, counted: Counted, catalogue: Pick<Catalogue, "attributes">): Finding[] {
  const { population, matched, members, denied } = counted;
  const path = "definition.rule";
  if (population === 0) {
    return [note("no-customers", path, "There are no customers yet.", "Import customers to see who would be in.")];
  }
  const findings = counted.funnel.flatMap((step) => missingFinding(rule, step, population, catalogue));
  const [kept, lost] = [downToCell(members), downToCell(denied.consent + denied.region)];
  if (kept === 0) {
    const few = `fewer than ${minimumCell}`;
    const why =
      downToCell(matched) === 0 ? `${few} customers meet the rule` : `guards and lists leave ${few} who meet the rule`;
    findings.push(warning("few-members", path, `The segment is next to empty: ${why}.`, "Look where the funnel ends."));
  }
  if (kept > 0 && downToCell(population - members) === 0) {
    const message = `All customers are members, or all but fewer than ${minimumCell}.`;
    findings.push(note("everyone", path, message, "Leave it if that is meant."));
  }
  if (kept > 0 && lost > deniedShareWorthSaying * (kept + lost)) {
    const message = `${words(lost)} of those who meet the rule are denied by guards: more than stay.`;
    findings.push(note("guards-deny-most", path, message, "Check the purposes and the regions."));
  }
  return findings;
}

function missingFinding(
  rule: Rule,
  { path, missing }: Counts["funnel"][number],
  population: number,
  catalogue: Pick<Catalogue, "attributes">,
): Finding[] {
  const node = nodeAt(rule, path);
  if (!node || !("attribute" in node) || node.operator === "is_set" || node.operator === "is_not_set") return [];
  if (downToCell(missing) <= missingShareWorthSaying * population) return [];
  const message = `${words(missing)} customers lack ${attributeName(node.attribute, catalogue)}; the condition is false for them.`;
  const place = formatPath(path);
  return [
    warning(
      "many-missing",
      place === "" ? "definition.rule" : `definition.rule.${place}`,
      message,
      "Add a condition for those who lack it, or leave it if they are not meant.",
    ),
  ];
}

/** The node of a rule at a path as the engine gives it: alternating group kind and child's number. */
export function nodeAt(rule: Rule, path: RulePath): Rule | undefined {
  return path.reduce<Rule | undefined>(
    (node, step) => (node && typeof step === "number" ? childrenOf(node)[step] : node),
    rule,
  );
}

function words(customers: number): string {
  const rounded = downToCell(customers);
  return rounded === 0 ? `Fewer than ${minimumCell}` : rounded.toLocaleString("en");
}

function warning(code: string, path: string, message: string, resolution: string): Finding {
  return { code, severity: "warning", path, message, resolution };
}

function note(code: string, path: string, message: string, resolution: string): Finding {
  return { code, severity: "note", path, message, resolution };
}
