import type { Profile } from "../../../rules/definition";
import { compile } from "../../../rules/evaluate";
import { withoutRule } from "../../definition";
import { deprecationHeaders } from "../../deprecation-headers";
import type { HeadPayload } from "../../head-wire";
import { encodings } from "../../negotiation";
import { type Scope, scopeId, scopeName } from "../../scope";
import { type BundleFormat, bundleFormats, type FeedDefinition } from "../../wire";
import type { Signer } from "../signing/signer";
import { representBundle } from "./bundles";
import { type Representation, represent } from "./representation";
import type { CustomersByHand, ServedScope } from "./served-scope";

export type ServedSegment = {
  readonly definition: FeedDefinition;
  /** When it was released. */
  readonly since: Date;
  readonly takes: (profile: Profile, asOf: number) => boolean;
  /** What an answer about this segment alone says beside its body. */
  readonly headers: readonly string[];
};

/** What one scope is served at one revision: everything that a pull can ask for, made before it is asked. */
export type ScopeView = {
  readonly environment: string;
  readonly scope: Scope;
  readonly scopeName: string;
  /** Of the newest release or erasure. */
  readonly revision: number;
  readonly segments: ReadonlyMap<string, ServedSegment>;
  readonly byHand: CustomersByHand;
  readonly bundles: Readonly<Record<BundleFormat, Representation>>;
  readonly list: Representation;
  readonly head: Representation;
  /** What the head was made of. */
  readonly headRevision: number;
  readonly expires: string;
  readonly signedBy: string;
};

export type HeadPlace = {
  /** The environment's newest, which customers move too. */
  readonly revision: number;
  readonly expires: string;
};

/** The same values give the same bytes. What the view before was asked for is compressed beforehand. */
export async function createScopeView(
  served: ServedScope,
  place: HeadPlace,
  signer: Signer,
  before?: ScopeView,
): Promise<ScopeView> {
  const { scope, revision, byHand } = served;
  const { environment } = scope;
  const bundles = {
    tree: representBundle("tree", served),
    flagd: representBundle("flagd", served),
    cel: representBundle("cel", served),
  };
  const list = represent(
    { environment, revision, segments: served.served.map(({ definition }) => withoutRule(definition)) },
    { scope: scopeName(scope), revision },
  );
  await bundles.tree.prepare(encodings);
  for (const format of bundleFormats) await bundles[format].prepare(before?.bundles[format].prepared() ?? []);
  await list.prepare(before?.list.prepared() ?? []);
  const segments = new Map(served.served.map((each) => [each.definition.key, servedSegment(each)]));
  const view = { environment, scope, scopeName: scopeName(scope), revision, segments, byHand, bundles, list };
  return withHead(view, place, signer);
}

/** The same at another head: nothing was released; customers moved, or time went by. */
export function withHead(
  view: Omit<ScopeView, "head" | "headRevision" | "expires" | "signedBy">,
  { revision, expires }: HeadPlace,
  signer: Signer,
): ScopeView {
  const { environment, scope, segments, bundles } = view;
  const { regions, purposes } = scope;
  const payload: HeadPayload = {
    ...{ environment, revision, released: view.revision },
    scope: { id: scopeId(scope), regions: [...regions], purposes: [...purposes] },
    expires,
    bundle: { ...bytesOf(bundles.tree), flagd: bytesOf(bundles.flagd), cel: bytesOf(bundles.cel) },
    segments: Object.fromEntries([...segments].map(([key, { definition }]) => [key, definition.hash])),
  };
  const { jws, keyId: signedBy } = signer.sign(payload);
  const head = represent({ ...payload, jws }, { scope: view.scopeName, revision, isBrief: true });
  return { ...view, head, headRevision: revision, expires, signedBy };
}

function bytesOf({ digest, length: bytes }: Representation): HeadPayload["bundle"]["cel"] {
  return { digest, bytes };
}

function servedSegment({ definition, since }: ServedScope["served"][number]): ServedSegment {
  const headers = deprecationHeaders(definition.standing, since);
  return { definition, since, takes: compile(definition.rule), headers };
}
