import { DomainError } from "../../errors";

/** Thrown where another process has made the release. */
export function settledMeanwhile(): DomainError {
  return new DomainError("conflict", "It was settled meanwhile.", { reason: "settled" });
}

/** Whether the next look may find it otherwise: something changed under the release while it was prepared. */
export function isPassing({ reason }: DomainError): boolean {
  return reason === "changed" || reason === "settled";
}

export function inWords({ message, findings }: DomainError): string {
  return [message, ...findings.map((finding) => finding.message)].join(" ");
}
