import type { Database } from "../server/database";

type Again = { readonly environment: string; readonly segment: string; readonly precedence: number };

/** Releases what a segment serves once more, with another precedence. As the owner with the triggers off, unreviewed. */
export async function releaseAgain(owner: Database, { environment, segment, precedence }: Again): Promise<number> {
  return owner.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
    const { revision } = await tx.environment.update({
      where: { key: environment },
      data: { revision: { increment: 1 } },
    });
    await tx.revision.create({ data: { environmentKey: environment, number: revision, kind: "release" } });
    const live = await tx.release.findFirstOrThrow({
      where: { environmentKey: environment, segment: { key: segment }, endedAt: null },
    });
    await tx.release.update({ where: { id: live.id }, data: { endedAt: new Date() } });
    const { segmentId, versionId, contentHash, actorId } = live;
    const { id } = await tx.release.create({
      data: {
        ...{ environmentKey: environment, segmentId, versionId, contentHash, actorId },
        ...{ revision, kind: "release", artefact: {} },
      },
    });
    await tx.$executeRaw`
      UPDATE "Release" SET "artefact" = jsonb_set("old"."artefact", '{precedence}', to_jsonb(${precedence}::int))
      FROM "Release" AS "old" WHERE "Release"."id" = ${id} AND "old"."id" = ${live.id}`;
    await tx.$executeRaw`SELECT pg_notify('steward_revision', ${`${environment}:${revision}`})`;
    return revision;
  });
}
