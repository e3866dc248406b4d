import { textIn } from "../../rules/clickhouse-texts";
import { identityTable } from "../clickhouse/tables";
import type { Identity } from "../customer-records";
import { identityName, sortIdentities } from "../storable-identity";
import type { ClickHouse } from "./clickhouse-client";
import { withParameters } from "./clickhouse-profiles";

const columns = ["namespace", "value", "customer", "version", "removed"];
const identitiesNow = `${identityTable.name} FINAL`;

/** What names somebody else is left as it is and given back. */
export async function writeIdentities(
  server: ClickHouse,
  identities: readonly Identity[],
  version: number,
): Promise<{ linked: number; taken: readonly Identity[] }> {
  const { fresh, taken } = sortIdentities(identities, await ownersOf(server, identities));
  await insert(server, fresh, { version, removed: false });
  return { linked: fresh.length, taken };
}

/** Takes away what names the customers that it is said to name. */
export async function removeIdentities(
  server: ClickHouse,
  identities: readonly Identity[],
  version: number,
): Promise<void> {
  const owners = await ownersOf(server, identities);
  const own = identities.filter((identity) => owners.get(identityName(identity)) === identity.customerId);
  await insert(server, own, { version, removed: true });
}

export async function findByIdentity(server: ClickHouse, namespace: string, value: string): Promise<string | null> {
  return (await ownersOf(server, [{ namespace, value }])).get(identityName({ namespace, value })) ?? null;
}

export async function readIdentities(server: ClickHouse, customerId: string): Promise<Identity[]> {
  if (!customerId.isWellFormed()) return [];
  const statement = withParameters(
    (parameters) => `SELECT namespace, value FROM ${identitiesNow}
      WHERE NOT removed AND customer = ${parameters.add({ type: "text", value: customerId })} ORDER BY namespace, value`,
  );
  const rows = await server.rows(statement);
  return rows.map(([namespace, value]) => ({ namespace: String(namespace), value: String(value), customerId }));
}

/** By `identityName`; of names that share a value more may come back than were asked for. */
async function ownersOf(
  server: ClickHouse,
  identities: readonly Pick<Identity, "namespace" | "value">[],
): Promise<ReadonlyMap<string, string>> {
  if (identities.length === 0) return new Map();
  const values = identities.map(({ value }) => value);
  const statement = withParameters(
    (parameters) => `SELECT namespace, value, customer FROM ${identitiesNow}
      WHERE NOT removed AND ${textIn("value", values, parameters)}`,
  );
  const rows = await server.rows(statement);
  return new Map(
    rows.map(([namespace, value, customer]) => [
      identityName({ namespace: String(namespace), value: String(value) }),
      String(customer),
    ]),
  );
}

async function insert(
  server: ClickHouse,
  identities: readonly Identity[],
  { version, removed }: { readonly version: number; readonly removed: boolean },
): Promise<void> {
  const rows = identities.map(({ namespace, value, customerId }) => [namespace, value, customerId, version, removed]);
  await server.insert(identityTable.name, columns, rows);
}
