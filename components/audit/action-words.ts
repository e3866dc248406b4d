import type { AuditEntryItem } from "@/lib/audit/contract";

const throughWords: Readonly<Record<string, string>> = {
  session: "console",
  token: "token",
  key: "key",
  system: "Steward itself",
};

/** Actions that their names do not say well. */
const saidOtherwise: Readonly<Record<string, string>> = {
  "verdict.approve": "approved a version",
  "verdict.request_changes": "asked for changes to a version",
  "verdict.reject": "rejected a version",
  "approvals.voided": "voided approvals",
  "segment.killed": "emptied",
  "segment.break-glass": "released without approvals",
  "customer.sampled": "was shown customers of",
  "call.refused": "was refused",
};

/** "version.submitted" on a segment is "submitted a version"; "segment.created" on one is "created". */
export function actionInWords({ action, subject }: Pick<AuditEntryItem, "action" | "subject">): string {
  const otherwise = saidOtherwise[action];
  if (otherwise !== undefined) return otherwise;
  const [noun = "", verb = ""] = action.split(".").map((part) => part.replaceAll("-", " "));
  if (verb === "" || noun === subject.type) return verb || noun;
  return `${verb} ${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;
}

/** "token:nightly" is "token". */
export function throughInWords(via: string): string {
  const [kind = ""] = via.split(":");
  return throughWords[kind] ?? kind;
}
