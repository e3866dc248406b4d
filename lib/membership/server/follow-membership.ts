import type { Materialisation } from "../../engine/membership-records";
import { chunksOf } from "../../engine/server/chunks-of";
import { type Artefact, takesNobody } from "../../guards/artefact";
import { guardedRuleAmong, guardedRuleOfArtefact } from "../../guards/guarded-rule";
import { listLiveArtefacts } from "../../guards/server/live-artefacts";
import type { Database } from "../../server/database";
import type { MembershipCause } from "../cause";
import { type LogEngine, lockEnvironment, takeMembershipRevision } from "./revision-line";

export type Following<Needs = LogEngine> = { readonly db: Database; readonly engine: Needs; readonly now: Date };

export type Followed = {
  readonly cause: MembershipCause;
  /** Only these are looked at; everybody else stays what they are. */
  readonly customers?: readonly string[];
  /** Only these, by what is served of them. */
  readonly only?: (artefact: Artefact) => boolean;
  /** Done after each transaction: what cannot wait until everybody was looked at. */
  readonly between?: () => Promise<void>;
};

/** Looking at everybody takes time: a release or kill never waits for more segments than these. */
const segmentsWhole = 4;

/**
 * Brings the membership log to what is served now, in every environment: one revision where somebody moved, none where
 * nobody did. Locks the environment and nothing else. Gives the revisions that it took.
 */
export async function followMembership(
  following: Following,
  followed: Followed,
): Promise<{ readonly environment: string; readonly revision: number }[]> {
  const taken: { environment: string; revision: number }[] = [];
  const environments = await following.db.environment.findMany({
    select: { key: true },
    orderBy: { position: "asc" },
  });
  for (const { key: environment } of environments) {
    for (const segments of await partsOf(following.db, environment, followed)) {
      const revision = await followIn(following, environment, { ...followed, segments });
      if (revision !== null) taken.push({ environment, revision });
      await followed.between?.();
    }
  }
  return taken;
}

/** The keys of the segments to be followed in one transaction each; undefined for all of them. */
async function partsOf(
  db: Database,
  environment: string,
  { customers, only }: Followed,
): Promise<readonly (readonly string[] | undefined)[]> {
  if (customers) return [undefined];
  const live = (await listLiveArtefacts(db, environment)).filter(({ artefact }) => only?.(artefact) ?? true);
  return chunksOf(
    live.map(({ artefact }) => artefact.key),
    segmentsWhole,
  );
}

/** What is live is read again below the lock: it may have been released or killed since. */
async function followIn(
  { db, engine, now }: Following,
  environmentKey: string,
  { cause, customers, segments }: Followed & { readonly segments: readonly string[] | undefined },
): Promise<number | null> {
  const among = customers && new Set(customers);
  return db.$transaction(async (tx) => {
    const environment = await lockEnvironment(tx, environmentKey);
    const live = await listLiveArtefacts(tx, environmentKey);
    const wanted = live.filter(({ artefact }) => segments?.includes(artefact.key) ?? true);
    if (wanted.length === 0) return null;
    return takeMembershipRevision(tx, {
      ...{ environment, engine, cause, now },
      kind: cause === "erasure" ? "erasure" : "membership",
      segments: wanted.map(({ artefact }) => materialisedAs(artefact, among)),
      ...(customers && { customers }),
    });
  });
}

/** Killed and archived segments have no members, whatever their rule says. */
export function materialisedAs(artefact: Artefact, among?: ReadonlySet<string>): Materialisation["segments"][number] {
  if (takesNobody(artefact)) return { segment: artefact.key, rule: null };
  const rule = guardedRuleOfArtefact(artefact);
  return { segment: artefact.key, rule: among ? guardedRuleAmong(rule, among) : rule };
}
