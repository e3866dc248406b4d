import type { DuckDBConnection } from "@duckdb/node-api";
import type { Identity } from "../customer-records";
import { identityTable } from "../duckdb/identities";
import { identityName, sortIdentities } from "../storable-identity";
import { boundValues, readRows } from "./run-statement";

/** In the connection's transaction. What names somebody else is left as it is and given back. */
export async function writeIdentities(
  connection: DuckDBConnection,
  identities: readonly Identity[],
): Promise<{ linked: number; taken: readonly Identity[] }> {
  if (identities.length === 0) return { linked: 0, taken: [] };
  const owners = await readRows(connection, {
    sql: `SELECT namespace, value, customer FROM ${identityTable} JOIN (${wanted}) USING (namespace, value)`,
    parameters: listsOf(identities).slice(0, 2),
  });
  const { fresh, taken } = sortIdentities(
    identities,
    new Map(owners.map(([namespace, value, customer]) => [nameOf(namespace, value), String(customer)])),
  );
  const { values, types } = boundValues(listsOf(fresh));
  await connection.run(`INSERT INTO ${identityTable} SELECT unnest($1), unnest($2), unnest($3)`, values, types);
  return { linked: fresh.length, taken };
}

/** Takes away what names the customers that it is said to name. */
export async function removeIdentities(connection: DuckDBConnection, identities: readonly Identity[]): Promise<void> {
  const { values, types } = boundValues(listsOf(identities));
  await connection.run(
    `DELETE FROM ${identityTable} WHERE (namespace, value, customer) IN
      (SELECT (namespace, value, customer) FROM (${wanted}, unnest($3) AS customer))`,
    values,
    types,
  );
}

export async function findByIdentity(
  connection: DuckDBConnection,
  namespace: string,
  value: string,
): Promise<string | null> {
  const [[customer] = []] = await readRows(connection, {
    sql: `SELECT customer FROM ${identityTable} WHERE namespace = $1 AND value = $2`,
    parameters: [
      { type: "text", value: namespace },
      { type: "text", value },
    ],
  });
  return customer === undefined ? null : String(customer);
}

export async function readIdentities(connection: DuckDBConnection, customerId: string): Promise<Identity[]> {
  const rows = await readRows(connection, {
    sql: `SELECT namespace, value FROM ${identityTable} WHERE customer = $1 ORDER BY namespace, value`,
    parameters: [{ type: "text", value: customerId }],
  });
  return rows.map(([namespace, value]) => ({ namespace: String(namespace), value: String(value), customerId }));
}

const wanted = "SELECT unnest($1) AS namespace, unnest($2) AS value";

function listsOf(identities: readonly Identity[]) {
  return (["namespace", "value", "customerId"] as const).map((field) => ({
    type: "texts" as const,
    value: identities.map((identity) => identity[field]),
  }));
}

function nameOf(namespace: unknown, value: unknown): string {
  return identityName({ namespace: String(namespace), value: String(value) });
}
