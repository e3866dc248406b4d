import type { Attribute } from "../../catalogue/definition";
import { isDomainError } from "../../errors";
import { columnDefinitions, type Layout, layoutOf } from "../clickhouse/layout";
import { addColumns, profilesTable, type Spread } from "../clickhouse/tables";
import { newAttributes } from "../new-attributes";
import type { ClickHouse } from "./clickhouse-client";
import { plain } from "./clickhouse-profiles";

/** What the table of profiles stores, as far as this process knows: others may add to it. */
export type KnownLayout = {
  now(): Layout;
  /** Looks at the table's columns anew. */
  read(): Promise<Layout>;
  /** Where the work misses something, the columns are looked at anew and it is done again. */
  use<T>(work: (now: Layout) => Promise<T>): Promise<T>;
  addAttributes(attributes: readonly Attribute[]): Promise<void>;
};

/** Reasons of errors that speak of an attribute that is not stored. */
const missesSomething: ReadonlySet<string> = new Set([
  "unreadable-rule",
  "unstorable-profile",
  "not-stored",
  "not-found",
]);

export async function knownLayout(server: ClickHouse, spread: Spread | undefined): Promise<KnownLayout> {
  let layout = await readLayout(server);

  async function read(): Promise<Layout> {
    layout = await readLayout(server);
    return layout;
  }

  return {
    now: () => layout,
    read,
    async use(work) {
      try {
        return await work(layout);
      } catch (error) {
        if (!isDomainError(error) || !missesSomething.has(error.reason)) throw error;
        const known = layout.types.size;
        if ((await read()).types.size === known) throw error;
        return work(layout);
      }
    },
    async addAttributes(attributes) {
      const added = newAttributes(attributes, (await read()).types);
      if (added.length === 0) return;
      const definitions = added.flatMap(({ key, type }) => columnDefinitions(key, type));
      for (const sql of addColumns(profilesTable.name, definitions, spread)) await server.run(plain(sql));
      await read();
    },
  };
}

async function readLayout(server: ClickHouse): Promise<Layout> {
  const columns = await server.rows(
    plain(`SELECT name FROM system.columns WHERE database = currentDatabase() AND table = '${profilesTable.name}'
      ORDER BY position`),
  );
  return layoutOf(columns.map(([name]) => String(name)));
}
