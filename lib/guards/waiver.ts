import type { Finding } from "../findings";

/** A finding that somebody answers for until a day. `grantedBy` is a name, `until` milliseconds since 1970 UTC. */
export type Waiver = {
  readonly segment: string;
  readonly findingCode: string;
  readonly path: string;
  readonly reason: string;
  readonly until: number;
  readonly grantedBy: string;
};

/**
 * All that may be waived: what a policy of the house refuses, and nothing that keeps a document whole or a customer's
 * consent or residence. A code is one of them, or one of them with the key of a policy behind a colon.
 */
const waivableKinds: readonly string[] = ["label-refused"];

export const longestWaiverMs = 366 * 86_400_000;

export function isWaivable({ code, severity }: Pick<Finding, "code" | "severity">): boolean {
  return severity !== "note" && isWaivableCode(code);
}

export function isWaivableCode(code: string): boolean {
  return waivableKinds.includes(code.split(":", 1)[0] ?? "");
}

/** The same findings, a waived one as a note that says who answers for it, until when and why. */
export function afterWaivers(
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  { segment, now }: { readonly segment: string; readonly now: number },
): Finding[] {
  const standing = waivers.filter((each) => each.segment === segment && each.until > now);
  return findings.map((finding) => {
    if (!isWaivable(finding)) return finding;
    const { code, path, message } = finding;
    const waiver = standing.find((each) => each.findingCode === code && each.path === path);
    if (!waiver) return finding;
    const day = new Date(waiver.until).toISOString().slice(0, 10);
    const said = `${message} Waived by ${waiver.grantedBy} until ${day}: ${waiver.reason}`;
    return { ...finding, severity: "note", message: said };
  });
}
