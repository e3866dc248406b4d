import { loadVocabulary } from "../../guards/server/load-vocabulary";
import { countMove } from "../../previews/server/count-move";
import { productionKey } from "../../segments/server/production";
import type { Context } from "../../server/context";
import { attributesToSum } from "../approval-policy";
import { impactSize } from "../change-facts";
import type { Measured } from "../review-basis";
import { findLiveVersion } from "./live-version";
import { referencesIn } from "./load-basis";
import { loadPolicies } from "./load-policies";
import { toVersion, type VersionRow } from "./version-row";

/** What a review of the version stands on now, its impact counted. */
export async function measureReview(
  { db, now }: Pick<Context, "db" | "now">,
  version: VersionRow,
  waiting?: string,
): Promise<Measured> {
  const { document } = toVersion(version);
  const environment = await productionKey(db);
  const sums = attributesToSum(await loadPolicies(db));
  const vocabulary = await loadVocabulary(db, environment, document);
  const [live, move] = await Promise.all([
    findLiveVersion(db, version.segmentId),
    countMove(db, {
      ...{ document, environment, vocabulary, asOf: now, sums },
      ...(waiting === undefined ? {} : { for: waiting }),
    }),
  ]);
  const impact = move && impactSize(move, live === null, move.money);
  return { takenAt: now.toISOString(), basis: { ...referencesIn(vocabulary, document), impact } };
}
