import { type Command, Command as NewCommand, Option } from "commander";
import { isBlocking } from "../../lib/findings";
import { describe as describeRule } from "../../lib/rules/describe";
import { sentence } from "../../lib/rules/phrase";
import { expandReferences, resolveReferences } from "../../lib/rules/references";
import { membershipParts } from "../../lib/segments/membership-parts";
import { type Checked, checkGiven, findingLines } from "../rules/check-given";
import { customerLines, explainCustomer } from "../rules/explain-customer";
import { fileCommand, type LookOptions } from "../rules/options";
import { print, printJson } from "../rules/print";
import { readGiven } from "../rules/read-given";
import { type Target, targets, translateRule } from "../rules/translate-rule";
import { ruleLines } from "../rules/tree-lines";
import { type Known, knownOf } from "../rules/vocabulary";

export function ruleCommand(): Command {
  return new NewCommand("rule")
    .description("checks, explains or translates a rule in a file; needs no server, database or settings")
    .addCommand(fileCommand("check", "says what is wrong, where, and what would be accepted").action(check))
    .addCommand(
      fileCommand("explain", "says in words what the rule takes, and with a customer why they are in or not")
        .option("--customer <file>", "id, region, consents, objections and attributes as JSON")
        .action(explain),
    )
    .addCommand(
      fileCommand("translate", "says the rule in another language")
        .addOption(new Option("--to <language>", "the language").choices(targets).makeOptionMandatory())
        .action(translate),
    );
}

async function check(file: string, options: LookOptions): Promise<void> {
  const { known, checked } = await look(file, options);
  const { findings, sound } = checked;
  const attributes = [...known.vocabulary.attributes.values()].map(({ key, type }) => ({ key, type }));
  if (options.json) return printJson({ ok: sound !== undefined, findings, attributes, attributesFrom: known.from });
  print(findingLines(findings));
  const blocking = findings.filter(isBlocking).length;
  print([sound ? "Sound." : `${blocking} ${blocking === 1 ? "finding is" : "findings are"} in the way.`]);
  const typed = attributes.map(({ key, type }) => `${key} (${type.replace("_", " ")})`).join(", ");
  print([`Attributes ${known.from}: ${typed || "none"}.`]);
}

async function explain(file: string, options: LookOptions & { readonly customer?: string }): Promise<void> {
  const { known, checked } = await look(file, options);
  if (!checked.sound) return refuse(checked, options);
  const { vocabulary } = known;
  const { rule, document } = checked.sound;
  const { customer } = options;
  const reason = customer && (await explainCustomer(checked.sound, customer, vocabulary, options.asOf));
  const words = sentence(describeRule(rule, vocabulary));
  if (options.json) return printJson({ sentence: words, findings: checked.findings, ...(reason ? { reason } : {}) });
  const inRule = checked.findings.map((each) => (document ? { ...each, path: pathInRule(each.path) } : each));
  print([words, "", ...(reason ? customerLines(reason) : ruleLines(rule, vocabulary, inRule))]);
}

async function translate(file: string, options: LookOptions & { readonly to: Target }): Promise<void> {
  const { known, checked } = await look(file, options);
  if (!checked.sound) return refuse(checked, options);
  const { vocabulary } = known;
  const { rule, document } = checked.sound;
  const tree = document
    ? membershipParts(document, vocabulary).tree
    : expandReferences(resolveReferences(rule, vocabulary));
  const key = document?.key ?? "rule";
  const translated = translateRule({ tree, key, vocabulary, asOf: options.asOf }, options.to);
  if (!translated.ok) return refuse(translated, options);
  if (options.json) printJson({ output: translated.output });
  else print([translated.text]);
}

async function look(file: string, { catalogue, asOf }: LookOptions): Promise<{ known: Known; checked: Checked }> {
  const given = await readGiven(file);
  const known = await knownOf(given, catalogue);
  const checked = checkGiven(given, known.vocabulary, asOf);
  if (!checked.sound) process.exitCode = 1;
  return { known, checked };
}

function refuse({ findings }: Pick<Checked, "findings">, { json }: LookOptions): void {
  process.exitCode = 1;
  if (json) printJson({ findings });
  else print(findingLines(findings));
}

const ofDocument = /^definition\.rule\.?/;

function pathInRule(path: string): string {
  return ofDocument.test(path) ? path.replace(ofDocument, "") : `document ${path}`;
}
