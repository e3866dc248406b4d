import { formatCount } from "@/components/ui/number-format";
import type { ChangeKind } from "@/lib/segments/governed-change";

/** Whom a change reaches in production. */
export type Reached = {
  readonly key: string;
  /** As they were counted at the release; null when nothing is live. */
  readonly members: number | null;
  /** Names of the consumers that are told of the segment. */
  readonly consumers: readonly string[];
  /** Whether it is archived until the change is released. */
  readonly archived: boolean;
};

const mostNamed = 3;

/** What will have happened once the change is released. */
export function effectOf(kind: ChangeKind, { key, members, consumers, archived }: Reached): string {
  if (members === null) return "It is not live in production, so nobody is affected yet.";
  const all = members === 1 ? "Its 1 member" : `All ${formatCount(members, "member")}`;
  const stay = `${all} ${members === 1 ? "stays" : "stay"}.`;
  switch (kind) {
    case "rename":
      return `${stay} The key stays ${key}, so whoever pulls it goes on finding it; they see the new name.`;
    case "reown":
      return `${stay} The new owner answers for it from the release on.`;
    case "deprecate":
      return `${stay} ${consumersAre(consumers)} told in the feed that it goes, with this notice.`;
    case "archive":
      return `${all} ${members === 1 ? "leaves" : "leave"}. ${consumersAre(consumers)} sent a tombstone with this notice in place of the rule.`;
    case "restore":
      if (!archived) return `${stay} ${consumersAre(consumers)} told no more that it goes.`;
      return `Whoever fits its rule then is a member again. ${consumersAre(consumers)} sent the rule again.`;
  }
}

/** "4 consumers (Gateway; Billing; Edge and 1 more) are". */
function consumersAre(names: readonly string[]): string {
  if (names.length === 0) return "No consumer is";
  const rest = names.length - mostNamed;
  const named = names.slice(0, mostNamed).join("; ");
  const told = rest > 0 ? `${named} and ${rest} more` : named;
  return `${formatCount(names.length, "consumer")} (${told}) ${names.length === 1 ? "is" : "are"}`;
}
