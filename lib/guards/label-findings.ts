import type { Finding } from "../findings";
import type { LabelledUse } from "./carried-labels";
import { type LabelPolicy, labelUseInWords } from "./label-policy";

/** A consumer that a segment goes to, and the region in which it runs; null where nobody said. */
export type Destination = { readonly key: string; readonly name: string; readonly location: string | null };

type Policies = readonly LabelPolicy[];
type Met = { readonly policy: LabelPolicy; readonly path: string; readonly sources: readonly string[] };

/** What policies without destinations refuse or warn of, one finding for each policy and place. */
export function labelFindings(use: LabelledUse, policies: Policies): Finding[] {
  return metBy(use, policies).flatMap(({ policy, path, sources }) => {
    if (policy.when.destinations !== undefined) return [];
    const where = labelUseInWords(policy.when).join(" ");
    const message = `The label policy "${policy.name}" ${words[policy.effect]} what is labelled ${policy.label}${where && ` ${where}`}: ${sources.join(", ")}.`;
    return finding({ policy, path, message, resolution: "Leave the condition out, or the purpose or treatment." });
  });
}

/**
 * What policies with destinations refuse or warn of, one finding for each policy and consumer: blocking where the
 * segment is about to be served to it, a warning before that.
 */
export function destinationFindings(
  use: LabelledUse,
  destinations: readonly Destination[],
  { policies, severity }: { readonly policies: Policies; readonly severity: "blocking" | "warning" },
): Finding[] {
  return destinations.flatMap((destination) =>
    byPolicy(metBy(use, policies)).flatMap(({ policy, sources }) => {
      if (!isAt(policy, destination)) return [];
      const message = `The consumer "${destination.name}" runs in ${destination.location}, where the label policy "${policy.name}" ${words[policy.effect]} what is labelled ${policy.label}: ${sources.join(", ")}.`;
      const resolution = "Leave the condition out, or revoke the consumer's keys that the segment is told to.";
      const found = finding({
        policy,
        path: `consumers.${destination.key}.${destination.location}`,
        message,
        resolution,
      });
      return found.map((each) => (each.severity === "blocking" ? { ...each, severity } : each));
    }),
  );
}

/** The policies that ask for an approval of this use. */
export function approvalsAsked(use: LabelledUse, destinations: readonly Destination[], policies: Policies): Policies {
  return byPolicy(metBy(use, policies)).flatMap(({ policy }) => {
    const { effect, when } = policy;
    const isMet = when.destinations === undefined || destinations.some((each) => isAt(policy, each));
    return effect === "approval" && isMet ? [policy] : [];
  });
}

function metBy({ carried, purposes, treatments }: LabelledUse, policies: Policies): Met[] {
  const anyOf = (wanted: readonly string[] | undefined, found: readonly string[]) =>
    wanted === undefined || wanted.some((each) => found.includes(each));
  return policies
    .filter(({ enabled, when }) => enabled && anyOf(when.purposes, purposes) && anyOf(when.treatments, treatments))
    .flatMap((policy) =>
      carried.flatMap(({ label, path, sources }) => (label === policy.label ? [{ policy, path, sources }] : [])),
    );
}

function byPolicy(met: readonly Met[]): Pick<Met, "policy" | "sources">[] {
  return [...Map.groupBy(met, ({ policy }) => policy)].map(([policy, places]) => ({
    policy,
    sources: [...new Set(places.flatMap(({ sources }) => sources))],
  }));
}

function isAt({ when }: LabelPolicy, { location }: Destination): boolean {
  return location !== null && (when.destinations?.includes(location) ?? false);
}

const words = { refuse: "refuses", warn: "warns of", approval: "asks for an approval of" } as const;

type Said = {
  readonly policy: LabelPolicy;
  readonly path: string;
  readonly message: string;
  readonly resolution: string;
};

function finding({ policy, ...said }: Said): Finding[] {
  const { key, effect } = policy;
  if (effect === "refuse") return [{ code: `label-refused:${key}`, severity: "blocking", ...said }];
  if (effect === "warn") return [{ code: `label-warned:${key}`, severity: "warning", ...said }];
  return [];
}
