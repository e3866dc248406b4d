import { clickHouseParameters } from "../../rules/clickhouse-layout";
import type { Profile } from "../../rules/definition";
import { clickHouseEvents } from "../clickhouse/event-dialect";
import type { Layout } from "../clickhouse/layout";
import { pastProfilesTable } from "../clickhouse/tables";
import type { ComputedAttribute } from "../engine";
import { notKnown, pastText, readPast } from "../past-profile";
import { computedAt } from "../profile-at";
import { computedOfSql } from "../sql/computed";
import type { ClickHouse } from "./clickhouse-client";
import { readProfiles, withParameters } from "./clickhouse-profiles";

export type ReplacedProfiles = {
  /** As they are stored until then. */
  readonly before: readonly Profile[];
  /** Whom nobody knew until then. */
  readonly made: readonly Profile[];
  /** Milliseconds. */
  readonly until: number;
  readonly version: number;
};

export async function keepPast(server: ClickHouse, { before, made, until, version }: ReplacedProfiles): Promise<void> {
  const rows = [
    ...before.map((profile) => [profile.id, until, version, pastText(profile)]),
    ...made.map(({ id }) => [id, until, version, notKnown]),
  ];
  await server.insert(pastProfilesTable.name, ["id", "until", "version", "profile"], rows);
}

export async function readProfileAt(
  server: ClickHouse,
  id: string,
  { asOf, layout, computed }: { asOf: number; layout: Layout; computed: readonly ComputedAttribute[] },
): Promise<Profile | null> {
  if (!id.isWellFormed()) return null;
  const past = withParameters((parameters) => {
    const customer = parameters.add({ type: "text", value: id });
    const instant = parameters.add({ type: "instant", value: BigInt(Math.floor(asOf)) });
    return `SELECT profile FROM ${pastProfilesTable.name} WHERE id = ${customer} AND until > ${instant}
      ORDER BY until, version LIMIT 1`;
  });
  const [[text] = []] = await server.rows(past);
  const stored =
    typeof text === "string" ? readPast(id, text) : ((await readProfiles(server, [id], layout))[0] ?? null);
  if (!stored) return null;
  return computedAt(stored, computed, async (ofEvent, event) => {
    const parameters = clickHouseParameters();
    const sql = computedOfSql(ofEvent, { id, asOf }, clickHouseEvents(event, asOf, parameters), parameters);
    const [row = []] = await server.rows({ sql, parameters: parameters.list });
    return row;
  });
}
