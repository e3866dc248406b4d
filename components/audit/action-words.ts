import type { AuditEntryItem } from "@/lib/audit/contract";

const throughWords: Readonly<Record<string, string>> = {
  session: "console",
  token: "token",
  key: "key",
  system: "Steward itself",
};

/** "version.submitted" on a segment is "submitted a version"; "segment.created" on one is "created". */
export function actionInWords({ action, subject }: Pick<AuditEntryItem, "action" | "subject">): string {
  const [noun = "", verb = ""] = action.split(".").map((part) => part.replaceAll("-", " "));
  if (verb === "" || noun === subject.type) return verb || noun;
  return `${verb} ${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;
}

/** "token:nightly" is "token". */
export function throughInWords(via: string): string {
  const [kind = ""] = via.split(":");
  return throughWords[kind] ?? kind;
}
