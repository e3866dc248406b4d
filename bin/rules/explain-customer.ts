import { z } from "zod";
import type { MembershipReasonAnswer } from "../../lib/customers/contract";
import { nearMissOf, reasonAnswer } from "../../lib/customers/membership-words";
import { DomainError } from "../../lib/errors";
import { explainMembership } from "../../lib/guards/explain-membership";
import { guardedRule, guardedRuleOfArtefact } from "../../lib/guards/guarded-rule";
import type { DocumentVocabulary } from "../../lib/rules/vocabulary";
import { testCaseSchema } from "../../lib/segments/document";
import { profileOf } from "../../lib/segments/run-test-cases";
import type { Checked } from "./check-given";
import { readJson } from "./read-given";
import { reasonLines } from "./tree-lines";

export type CustomerReason = MembershipReasonAnswer & { readonly nearMiss: string | null };

/** Why the customer of the file is in or not, at `asOf` in milliseconds. The file is as a test case's customer. */
export async function explainCustomer(
  { rule, document }: NonNullable<Checked["sound"]>,
  file: string,
  vocabulary: DocumentVocabulary,
  asOf: number,
): Promise<CustomerReason> {
  const parsed = testCaseSchema.shape.customer.safeParse(await readJson(file));
  if (!parsed.success) throw new DomainError("invalid", `${file} is no customer: ${z.prettifyError(parsed.error)}`);
  const guarded = document
    ? guardedRule(document, vocabulary)
    : guardedRuleOfArtefact({ key: "rule", parts: { guards: [], rule }, tree: rule });
  const reason = explainMembership(guarded, profileOf(parsed.data, vocabulary), asOf);
  const standing = { killed: false, rolloutPercent: 100, listReason: "" };
  const wording = { vocabulary, asOf, isMasked: () => false };
  const missed = nearMissOf(reason, standing, wording);
  return { ...reasonAnswer(reason, standing, wording), nearMiss: missed?.because ?? null };
}

export function customerLines({ member, summary, guards, rule, nearMiss }: CustomerReason): string[] {
  return [
    `${member ? "In" : "Not in"}: ${summary}.`,
    ...(nearMiss === null || nearMiss === summary ? [] : [`A near miss: ${nearMiss}.`]),
    "",
    ...guards.map(({ text, holds }) => `${holds ? "yes" : "no "}  ${text}`),
    ...reasonLines(rule),
  ];
}
