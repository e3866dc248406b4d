import type { Engine } from "../../engine/engine";
import type { Artefact } from "../../guards/artefact";
import { guardedRuleOfArtefact } from "../../guards/guarded-rule";
import type { LiveArtefact } from "../../guards/server/live-artefacts";
import type { ListedCustomer, Profile, TreeNode } from "../../rules/definition";
import { compile } from "../../rules/evaluate";
import { listedCustomers, narrowArtefact, type Scope, scopeName } from "../scope";
import type { FeedDefinition } from "../wire";
import { type Representation, represent } from "./representation";

export type ServedSegment = {
  readonly definition: FeedDefinition;
  readonly takes: (profile: Profile, asOf: number) => boolean;
};

/** What one scope is served at one revision: everything that a pull can ask for, made before it is asked. */
export type ScopeView = {
  readonly environment: string;
  readonly revision: number;
  readonly scopeName: string;
  readonly segments: ReadonlyMap<string, ServedSegment>;
  readonly bundle: Representation;
  readonly head: Representation;
  readonly list: Representation;
};

export async function createScopeView(
  scope: Scope,
  released: { revision: number; artefacts: readonly LiveArtefact[] },
  engine: () => Engine,
): Promise<ScopeView> {
  const { environment } = scope;
  const { revision } = released;
  const foreign = await foreignCustomers(scope, released.artefacts, engine);
  const segments = new Map<string, ServedSegment>();
  for (const live of released.artefacts) {
    const narrowed = narrowArtefact(live.artefact, scope, (id) => foreign.has(id));
    if (!narrowed) continue;
    segments.set(narrowed.key, { definition: definitionOf(narrowed, live.revision), takes: compile(narrowed.tree) });
  }
  const definitions = [...segments.values()].map(({ definition }) => definition);
  const about = { scope: scopeName(scope), revision };
  const bundle = await represent({ environment, revision, segments: definitions }, about);
  const digests = {
    bundle: bundle.digest,
    segments: Object.fromEntries(definitions.map(({ key, hash }) => [key, hash])),
  };
  const [head, list] = await Promise.all([
    represent({ environment, revision, digests }, about),
    represent({ environment, revision, segments: definitions.map(({ rule: _, ...segment }) => segment) }, about),
  ]);
  return { environment, revision, scopeName: about.scope, segments, bundle, head, list };
}

function definitionOf(artefact: Artefact, revision: number): FeedDefinition {
  const { key, name, description, version, contentHash, treatments, precedence, exclusiveGroup } = artefact;
  return {
    ...{ key, name, description, version, hash: contentHash, revision },
    purposes: artefact.purposes.map((purpose) => purpose.key),
    regions: artefact.regions,
    ...{ treatments, precedence, exclusiveGroup, rollout: artefact.rolloutPercent, killed: artefact.killed },
    rule: artefact.tree,
  };
}

/** Of the customers whom artefacts name by hand, those known to reside outside the scope: it must not learn of them. */
async function foreignCustomers(
  { regions }: Scope,
  artefacts: readonly LiveArtefact[],
  engine: () => Engine,
): Promise<ReadonlySet<string>> {
  const named = new Map<string, ListedCustomer>();
  for (const { artefact } of artefacts) {
    for (const { customerId } of listedCustomers(artefact)) named.set(customerId, { customerId });
  }
  if (named.size === 0) return new Set();
  const listed: TreeNode = { guard: "listed", entries: [...named.values()] };
  const tree: TreeNode = { all: [listed, { none: [{ guard: "region", regions }] }] };
  const rule = guardedRuleOfArtefact({ key: "listed", parts: { guards: [], rule: tree }, tree });
  const foreign = new Set<string>();
  for await (const page of engine().members(rule, 0)) for (const id of page) foreign.add(id);
  return foreign;
}
