import { notFound } from "../../errors";
import { type LiveArtefact, listArtefactsAt, listLiveArtefacts } from "../../guards/server/live-artefacts";
import type { RuleVocabulary } from "../../rules/vocabulary";
import type { Context } from "../../server/context";

export type Served = {
  readonly revision: number;
  /** The newest revision, whatever the instant. */
  readonly head: number;
  readonly artefacts: readonly LiveArtefact[];
  /** What rules refer to. */
  readonly names: Pick<RuleVocabulary, "segments" | "lists">;
};

/** What an environment serves now, or served at an instant: revision, artefacts and names as of one moment. */
export function servedAt(ctx: Context, environment: string, instant: Date | null): Promise<Served> {
  return ctx.db.$transaction(
    async (tx) => {
      const found = await tx.environment.findUnique({ where: { key: environment } });
      if (!found) throw notFound("environment", environment);
      const artefacts = instant
        ? await listArtefactsAt(tx, environment, instant)
        : await listLiveArtefacts(tx, environment);
      const past =
        instant &&
        (await tx.revision.findFirst({
          where: { environmentKey: environment, createdAt: { lte: instant } },
          orderBy: { number: "desc" },
          select: { number: true },
        }));
      const lists = await tx.managedList.findMany({ select: { key: true, name: true } });
      const names = {
        segments: new Map(artefacts.map(({ artefact: { key, name } }) => [key, { name }])),
        lists: new Map(lists.map(({ key, name }) => [key, { name }])),
      };
      return { revision: instant ? (past?.number ?? 0) : found.revision, head: found.revision, artefacts, names };
    },
    { isolationLevel: "RepeatableRead" },
  );
}
