import type { Engine } from "../../../engine/engine";
import type { Artefact } from "../../../guards/artefact";
import { guardedRuleOfArtefact } from "../../../guards/guarded-rule";
import type { LiveArtefact } from "../../../guards/server/live-artefacts";
import type { TreeNode } from "../../../rules/definition";
import { definitionOf } from "../../definition";
import { narrowArtefact, type Scope } from "../../scope";
import type { FeedDefinition } from "../../wire";
import { namedCustomers } from "./residences";

/** All that a scope is served at one revision, as plain values: a view is made of it and of nothing else. */
export type ServedScope = {
  readonly scope: Scope;
  /** Of the newest release or erasure. */
  readonly revision: number;
  /** By segment key; `since` is when each was released. */
  readonly served: readonly { readonly definition: FeedDefinition; readonly since: Date }[];
  readonly byHand: CustomersByHand;
};

/** The customers whom artefacts name by hand, and those among them who are known to reside outside the scope. */
export type CustomersByHand = { readonly named: ReadonlySet<string>; readonly foreign: ReadonlySet<string> };

export type ReleasedArtefact = Pick<LiveArtefact, "artefact" | "revision" | "createdAt">;

/** What a scope is told of what was released. `known` is by hand what it was told of before. */
export async function narrowToScope(
  scope: Scope,
  { revision, artefacts }: { readonly revision: number; readonly artefacts: readonly ReleasedArtefact[] },
  engine: () => Engine,
  known?: CustomersByHand,
): Promise<ServedScope> {
  const byHand = await customersByHand(scope, artefacts, engine).catch((error: unknown) => {
    // The kill switch must not wait for the customer data: where they reside is known from before.
    const named = namedCustomers(artefacts);
    if (known && [...named].every((id) => known.named.has(id))) return { ...known, named };
    throw error;
  });
  const seen = artefacts.flatMap(({ artefact, revision, createdAt }) => {
    const narrowed = narrowArtefact(artefact, scope, (id) => byHand.foreign.has(id));
    return narrowed ? [{ artefact: narrowed, revision, createdAt }] : [];
  });
  const told = new Set(seen.map(({ artefact }) => artefact.key));
  const served = seen.map(({ artefact, revision, createdAt }) => {
    const standing = standingFor(artefact.standing, told);
    return { definition: definitionOf({ ...artefact, standing }, revision), since: createdAt };
  });
  return { scope, revision, served, byHand };
}

/** A scope must not learn of a replacement that it is not told of. */
function standingFor(standing: Artefact["standing"], told: ReadonlySet<string>): Artefact["standing"] {
  if (standing?.replacement === undefined || told.has(standing.replacement)) return standing;
  const { replacement: _, ...rest } = standing;
  return rest;
}

/** A scope must not learn of those who reside elsewhere. */
async function customersByHand(
  { regions }: Scope,
  artefacts: readonly ReleasedArtefact[],
  engine: () => Engine,
): Promise<CustomersByHand> {
  const named = namedCustomers(artefacts);
  const foreign = new Set<string>();
  if (named.size === 0) return { named, foreign };
  const listed: TreeNode = { guard: "listed", entries: [...named].map((customerId) => ({ customerId })) };
  const tree: TreeNode = { all: [listed, { none: [{ guard: "region", regions }] }] };
  const rule = guardedRuleOfArtefact({ key: "listed", parts: { guards: [], rule: tree }, tree });
  for await (const page of engine().members(rule, 0)) for (const id of page) foreign.add(id);
  return { named, foreign };
}
