import type { AuditEntryItem } from "@/lib/audit/contract";

export type ActivityLine = {
  readonly sequence: number;
  readonly at: string;
  readonly who: string;
  readonly did: string;
  readonly what: string;
  readonly more: string;
};

/** What people want to hear of. Saves, sign-ins and looks are in the audit, not here. */
const words: Readonly<Record<string, string>> = {
  "segment.created": "drafted",
  "segment.released": "released",
  "segment.rolled-back": "rolled back",
  "segment.killed": "emptied",
  "segment.break-glass": "released without approvals",
  "version.submitted": "submitted",
  "version.withdrawn": "withdrew",
  "verdict.approve": "approved",
  "verdict.request_changes": "asked for changes to",
  "verdict.reject": "rejected",
  "rollout.begun": "began a rollout of",
  "rollout.held": "held the rollout of",
  "schedule.created": "scheduled",
  "environment.frozen": "froze",
  "import.succeeded": "imported",
  "attribute.created": "added the attribute",
  "purpose.created": "added the purpose",
  "region.created": "added the region",
  "consumer.created": "added the consumer",
  "consumer.updated": "changed the consumer",
  "key.created": "made a key for",
  "key.revoked": "revoked a key of",
  "key.rotated": "rotated a key of",
};

function textIn(value: unknown, field: string): string | null {
  if (typeof value !== "object" || value === null) return null;
  const found = Object.entries(value).find(([name]) => name === field)?.[1];
  return typeof found === "string" ? found : null;
}

function consumerIn({ before, after }: AuditEntryItem): string | null {
  return textIn(after, "consumer") ?? textIn(before, "consumer");
}

/** One line of what happened, or none for what is not news. */
export function activityOf(entry: AuditEntryItem): ActivityLine[] {
  const did = words[entry.action];
  if (did === undefined) return [];
  const environment = textIn(entry.after, "environment");
  return [
    {
      sequence: entry.sequence,
      at: entry.at,
      who: entry.actor.name,
      did,
      // A key is told by whose it is.
      what: (entry.subject.type === "key" && consumerIn(entry)) || entry.subject.name || entry.subject.id,
      more:
        environment === null
          ? ""
          : ` ${entry.action.includes("released") || entry.action.endsWith(".created") ? "to" : "in"} ${environment}`,
    },
  ];
}
