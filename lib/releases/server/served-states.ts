import { segmentStates } from "../../segments/contract";
import type { Database } from "../../server/database";
import type { Standing } from "../overview-contract";

/** Releases with what each says of the segment, without reading all that they serve. */
export async function withServedStates<Row extends { readonly id: string }>(
  db: Database,
  releases: readonly Row[],
): Promise<(Row & Pick<Standing, "state">)[]> {
  const rows = await db.$queryRaw<{ id: string; state: string | null }[]>`
    SELECT "id", "artefact"->'standing'->>'state' AS "state" FROM "Release"
    WHERE "id" = ANY(${releases.map(({ id }) => id)})`;
  const states = new Map(rows.map(({ id, state }) => [id, state]));
  return releases.map((release) => {
    const said = states.get(release.id);
    return { ...release, state: segmentStates.find((each) => each === said) ?? "active" };
  });
}
