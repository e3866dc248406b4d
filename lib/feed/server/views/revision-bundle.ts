import { type LiveArtefact, listArtefactsAt } from "../../../guards/server/live-artefacts";
import type { Database } from "../../../server/database";
import { isInScope, type Scope } from "../../scope";
import type { BundleFormat } from "../../wire";
import { FeedRefusal } from "../door/problems";
import type { Feed } from "../feed";
import { fromEngine, requireCome, revisionIn } from "../members/logged-revision";
import { representBundle } from "./bundles";
import { newestErasure } from "./newest-erasure";
import type { Representation } from "./representation";
import { namedCustomers } from "./residences";
import type { ScopeView } from "./scope-view";
import { narrowToScope } from "./served-scope";

/** For good; but whom it names by hand depends on where they reside by now. */
const forGood = "private, max-age=31536000, immutable";

/**
 * What a scope is served as of a revision, whatever was released since. Refused as gone where customers were erased since
 * and the rules of then named any by hand: what was said then is not kept.
 */
export async function revisionBundle(
  feed: Feed,
  view: ScopeView,
  asked: { readonly revision: string; readonly format: BundleFormat },
): Promise<Representation> {
  const revision = revisionIn(asked.revision);
  await requireCome(feed, view, revision);
  return fromEngine(async () => {
    const { environment, scope, byHand } = view;
    const { artefacts, served, erased } = await readServed(feed.db, environment, revision);
    const namesNobody = namedCustomers(inScope(artefacts, scope)).size === 0;
    if (!namesNobody && revision < erased) {
      throw new FeedRefusal("revision-gone", undefined, `/feed/v1/${environment}/bundle`);
    }
    const narrowed = await narrowToScope(scope, { revision: served, artefacts }, feed.engine, byHand);
    return representBundle(asked.format, narrowed, namesNobody ? { cacheControl: forGood } : {});
  });
}

/** Releases and erasures as of one instant; `served` is the newest of both until the revision, `erased` the newest at all. */
function readServed(db: Database, environment: string, revision: number) {
  return db.$transaction(
    async (tx) => {
      const artefacts = await listArtefactsAt(tx, environment, revision);
      const erasedBefore = await newestErasure(tx, environment, revision);
      const served = Math.max(erasedBefore, ...artefacts.map((each) => each.revision));
      return { artefacts, served, erased: await newestErasure(tx, environment) };
    },
    { isolationLevel: "RepeatableRead" },
  );
}

function inScope(artefacts: readonly LiveArtefact[], scope: Scope): LiveArtefact[] {
  return artefacts.filter(({ artefact }) => isInScope(artefact, scope));
}
