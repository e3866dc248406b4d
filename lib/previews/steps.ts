import type { z } from "zod";
import type { LawfulBasis } from "../catalogue/definition";
import type { Rule, RulePath } from "../rules/definition";
import { groupKindOf } from "../rules/definition";
import { lowerFirst, upperFirst } from "../rules/phrase";
import { isArchived, type SegmentDocument } from "../segments/document";
import type { funnelStepSchema, Preview } from "./contract";

export type FunnelStep = z.infer<typeof funnelStepSchema>;

/** A place in the tree by children's numbers alone: `["all", 2, "any", 0]` is "2.0". */
export function placeOf(path: RulePath): string {
  return path.filter((step) => typeof step === "number").join(".");
}

/** The steps by their place. A rule that is one bare condition stands at "0": an editor shows it in a group. */
export function stepsByPlace(rule: Rule, preview: Preview): ReadonlyMap<string, FunnelStep> {
  const bare = groupKindOf(rule) === undefined;
  return new Map(preview.funnel.map((step) => [bare ? "0" : placeOf(step.path), step]));
}

export type FunnelRow = {
  /** Names the step within the funnel. */
  readonly key: string;
  readonly text: string;
  readonly kind: "everyone" | "rule" | "hand" | "guard";
  /** Customers after the step. */
  readonly left: number;
  /** Left minus before: negative where customers are lost, positive where a list adds some. */
  readonly change: number;
  /** 0 … 1 of those before; null for everyone, and where none were left to keep. */
  readonly keeps: number | null;
};

/** Purposes by what they rest on: what needs consent, and what may only not be objected to. */
export type GuardNames = {
  readonly consented: readonly string[];
  readonly unobjected: readonly string[];
  readonly regions: readonly string[];
  /** Nobody is a member then: no guard has anybody to look at. */
  readonly archived: boolean;
};

type Stop = Pick<FunnelRow, "key" | "text" | "kind" | "left">;

/** From everyone through the rule's top steps, the lists by hand and the guards down to the members. */
export function funnelRows(rule: Rule, preview: Preview, names: GuardNames): readonly FunnelRow[] {
  const everyone: Stop = { key: "everyone", text: "Everyone", kind: "everyone", left: preview.population };
  const stops = [everyone, ...ruleStops(rule, preview), ...lastStops(preview, names)];
  return stops.map((stop, index) => {
    const before = stops[index - 1]?.left;
    if (before === undefined) return { ...stop, change: 0, keeps: null };
    return { ...stop, change: stop.left - before, keeps: before === 0 ? null : Math.min(1, stop.left / before) };
  });
}

/** From the rule to the members: lists by hand, then guards; or the archive alone. */
function lastStops(preview: Preview, names: GuardNames): Stop[] {
  const { denied, members } = preview;
  if (names.archived) return [{ key: "archived", text: "Archived", kind: "guard", left: members }];
  const stops: Stop[] = [];
  if (preview.included > 0 || preview.excluded > 0)
    stops.push({ key: "hand", text: handText(preview), kind: "hand", left: members + denied.consent + denied.region });
  const purposes = purposeText(names);
  if (purposes !== null) stops.push({ key: "purposes", text: purposes, kind: "guard", left: members + denied.region });
  stops.push({ key: "regions", text: regionText(names.regions), kind: "guard", left: members });
  return stops;
}

/** Only an `all` narrows child by child; any other root is one step. */
function ruleStops(rule: Rule, preview: Preview): Stop[] {
  const top = groupKindOf(rule) === "all" ? preview.funnel.filter((step) => step.path.length === 2) : [];
  if (top.length > 0)
    return top.map((step) => ({
      key: `rule ${placeOf(step.path)}`,
      text: step.text,
      kind: "rule",
      left: step.cumulative,
    }));
  const root = preview.funnel.find((step) => step.path.length === 0);
  return [{ key: "rule", text: root?.text ?? "The rule", kind: "rule", left: preview.matched }];
}

function handText({ included, excluded }: Preview): string {
  const parts = [included > 0 ? `Always in ${included}` : "", excluded > 0 ? `never in ${excluded}` : ""];
  const text = parts.filter((part) => part !== "").join(", ");
  return upperFirst(text);
}

function purposeText({ consented, unobjected }: GuardNames): string | null {
  if (consented.length > 0) return `Consent for ${listed(consented.map(lowerFirst), "and")}`;
  return unobjected.length > 0 ? `No objection to ${listed(unobjected.map(lowerFirst), "or")}` : null;
}

const namedAtMost = 2;

function regionText(regions: readonly string[]): string {
  if (regions.length === 0) return "No region";
  return regions.length > namedAtMost ? `Region, one of ${regions.length}` : `Region ${listed(regions, "or")}`;
}

function listed(words: readonly string[], joint: string): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${joint} ${words.at(-1)}`;
}

type NamedPurpose = { readonly key: string; readonly name: string; readonly lawfulBasis: LawfulBasis };

/** The document's guards by name; a key that the catalogue does not know stands for itself. */
export function guardNames(
  document: Pick<SegmentDocument, "purposes" | "regions" | "standing">,
  purposes: readonly NamedPurpose[],
  regions: readonly { readonly key: string; readonly name: string }[],
): GuardNames {
  const named = document.purposes.map(
    (key) => purposes.find((each) => each.key === key) ?? { key, name: key, lawfulBasis: null },
  );
  return {
    consented: named.filter((each) => each.lawfulBasis === "consent").map((each) => each.name),
    unobjected: named.filter((each) => each.lawfulBasis !== "consent").map((each) => each.name),
    regions: document.regions.map((key) => regions.find((each) => each.key === key)?.name ?? key),
    archived: isArchived(document),
  };
}
