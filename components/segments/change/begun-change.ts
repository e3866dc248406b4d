import type { SegmentDocument } from "@/lib/segments/document";
import { type ChangeKind, type GovernedChange, withChange } from "@/lib/segments/governed-change";

/** A change as its form opens, filled with what the document says. Without an owner somebody is chosen first. */
export function begunChange(kind: ChangeKind, { name, owner, standing }: SegmentDocument): GovernedChange {
  const { notice = "", replacement, removalAt } = standing ?? {};
  switch (kind) {
    case "rename":
      return { kind, name };
    case "reown":
      return { kind, owner: owner ?? { team: "", person: "" } };
    case "deprecate":
      return { kind, notice, ...(removalAt && { removalAt }), ...(replacement && { replacement }) };
    case "archive":
      return { kind, notice, ...(replacement && { replacement }) };
    case "restore":
      return { kind };
  }
}

/** Whether it says all that it must, and anything that the document does not say yet. */
export function isReady(change: GovernedChange, document: SegmentDocument): boolean {
  if ("notice" in change && change.notice.trim() === "") return false;
  if (change.kind === "rename" && change.name.trim() === "") return false;
  if (change.kind === "reown" && (change.owner.team === "" || change.owner.person === "")) return false;
  return JSON.stringify(withChange(document, change)) !== JSON.stringify(document);
}
