import type { Engine } from "../../engine/engine";
import type { Artefact } from "../../guards/artefact";
import { guardedRuleOfArtefact } from "../../guards/guarded-rule";
import type { LiveArtefact } from "../../guards/server/live-artefacts";
import type { Profile, TreeNode } from "../../rules/definition";
import { compile } from "../../rules/evaluate";
import { toJsonLogic } from "../../rules/jsonlogic";
import { deprecationHeaders } from "../deprecation-headers";
import { narrowArtefact, type Scope, scopeName } from "../scope";
import type { FeedDefinition } from "../wire";
import { type Representation, represent } from "./representation";
import { namedCustomers } from "./residences";

export type ServedSegment = {
  readonly definition: FeedDefinition;
  readonly takes: (profile: Profile, asOf: number) => boolean;
  /** What an answer about this segment alone says beside its body. */
  readonly headers: readonly string[];
};

/** What one scope is served at one revision: everything that a pull can ask for, made before it is asked. */
export type ScopeView = {
  readonly environment: string;
  /** Of the newest release. */
  readonly revision: number;
  /** The environment's newest, which customers move too. */
  readonly headRevision: number;
  readonly scopeName: string;
  readonly segments: ReadonlyMap<string, ServedSegment>;
  readonly bundle: Representation;
  readonly head: Representation;
  readonly list: Representation;
  readonly byHand: CustomersByHand;
};

/** The customers whom artefacts name by hand, and those among them who are known to reside outside the scope. */
type CustomersByHand = { readonly named: ReadonlySet<string>; readonly foreign: ReadonlySet<string> };

export async function createScopeView(
  scope: Scope,
  released: { head: number; revision: number; artefacts: readonly LiveArtefact[] },
  engine: () => Engine,
  before?: ScopeView,
): Promise<ScopeView> {
  const { environment } = scope;
  const { revision } = released;
  const byHand = await customersByHand(scope, released.artefacts, engine).catch((error: unknown) => {
    // The kill switch must not wait for the customer data: where they reside is known from before.
    const named = namedCustomers(released.artefacts);
    if (before && [...named].every((id) => before.byHand.named.has(id))) return { ...before.byHand, named };
    throw error;
  });
  const { foreign } = byHand;
  const seen = released.artefacts.flatMap(({ artefact, revision, createdAt }) => {
    const narrowed = narrowArtefact(artefact, scope, (id) => foreign.has(id));
    return narrowed ? [{ artefact: narrowed, revision, createdAt }] : [];
  });
  const told = new Set(seen.map(({ artefact }) => artefact.key));
  const segments = new Map(seen.map((each) => [each.artefact.key, servedSegment(each, told)]));
  const definitions = [...segments.values()].map(({ definition }) => definition);
  const about = { scope: scopeName(scope), revision };
  const bundle = await represent({ environment, revision, segments: definitions }, about);
  const list = await represent(
    {
      environment,
      revision,
      segments: definitions.map(({ rule: _, jsonLogic: __, cannotSay: ___, ...segment }) => segment),
    },
    about,
  );
  return withHead({ environment, revision, scopeName: about.scope, segments, bundle, list, byHand }, released.head);
}

/** The same at another head: nothing was released, customers moved. */
export async function withHead(view: Omit<ScopeView, "head" | "headRevision">, revision: number): Promise<ScopeView> {
  const { environment, segments, bundle, scopeName } = view;
  const digests = {
    bundle: bundle.digest,
    segments: Object.fromEntries([...segments].map(([key, { definition }]) => [key, definition.hash])),
  };
  const value = { environment, revision, released: view.revision, digests };
  return { ...view, headRevision: revision, head: await represent(value, { scope: scopeName, revision }) };
}

type Seen = Pick<LiveArtefact, "artefact" | "revision" | "createdAt">;

function servedSegment({ artefact, revision, createdAt }: Seen, told: ReadonlySet<string>): ServedSegment {
  const standing = standingFor(artefact.standing, told);
  return {
    definition: definitionOf({ ...artefact, standing }, revision),
    takes: compile(artefact.tree),
    headers: deprecationHeaders(standing, createdAt),
  };
}

/** A scope must not learn of a replacement that it is not told of. */
function standingFor(standing: Artefact["standing"], told: ReadonlySet<string>): Artefact["standing"] {
  if (standing?.replacement === undefined || told.has(standing.replacement)) return standing;
  const { replacement: _, ...rest } = standing;
  return rest;
}

function definitionOf(artefact: Artefact, revision: number): FeedDefinition {
  const { key, name, description, version, contentHash, treatments, precedence, exclusiveGroup } = artefact;
  return {
    ...{ key, name, description, version, hash: contentHash, revision },
    purposes: artefact.purposes.map((purpose) => purpose.key),
    regions: artefact.regions,
    ...{ treatments, precedence, exclusiveGroup, rollout: artefact.rolloutPercent, killed: artefact.killed },
    standing: artefact.standing,
    rule: artefact.tree,
    ...asJsonLogic(artefact.tree),
  };
}

function asJsonLogic(tree: TreeNode): Pick<FeedDefinition, "jsonLogic" | "cannotSay"> {
  const translation = toJsonLogic(tree);
  if (translation.ok) return { jsonLogic: translation.output };
  return { cannotSay: translation.limits.map(({ path, message }) => ({ path, message })) };
}

/** A scope must not learn of those who reside elsewhere. */
async function customersByHand(
  { regions }: Scope,
  artefacts: readonly LiveArtefact[],
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
