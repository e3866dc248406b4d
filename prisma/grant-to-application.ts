import pg from "pg";
import { applicationRights } from "./application-rights";
import { MigrationError } from "./migrate";

const advisoryLock = 72_707_370;

/** The application's role; with a password it is made, or given that password. */
export type ApplicationRole = { readonly name: string; readonly password?: string };

/**
 * Gives the application's role what `applicationRights` says, and takes what it has beyond that. Run by the owner after
 * the migrations, as often as wanted. False when the role is the owner itself, which nothing can be taken from.
 */
export async function grantToApplication(ownerUrl: string, role: ApplicationRole): Promise<boolean> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ owner: string }>("SELECT current_user AS owner");
    if (rows[0]?.owner === role.name) return false;
    await client.query("BEGIN");
    await client.query("SELECT pg_advisory_xact_lock($1)", [advisoryLock]);
    if (role.password !== undefined) await makeRole(client, role.name, role.password);
    else await requireRole(client, role.name);
    for (const statement of await grants(client, role.name)) await client.query(statement);
    await client.query("COMMIT");
    return true;
  } finally {
    await client.end();
  }
}

async function makeRole(client: pg.Client, name: string, password: string): Promise<void> {
  const { rowCount } = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [name]);
  const attributes = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT";
  await client.query(
    `${rowCount ? "ALTER" : "CREATE"} ROLE ${pg.escapeIdentifier(name)} ${attributes} PASSWORD ${pg.escapeLiteral(password)}`,
  );
}

async function requireRole(client: pg.Client, name: string): Promise<void> {
  const { rows } = await client.query<{ powerful: boolean }>(
    `SELECT rolsuper OR pg_has_role(rolname, current_user, 'MEMBER') AS powerful FROM pg_roles WHERE rolname = $1`,
    [name],
  );
  if (rows.length === 0) {
    throw new MigrationError(`The database has no role "${name}", which DATABASE_URL names: make it with LOGIN.`);
  }
  if (rows[0]?.powerful) {
    throw new MigrationError(`The role "${name}" of DATABASE_URL may act as the owner: give it no such right.`);
  }
}

async function grants(client: pg.Client, name: string): Promise<string[]> {
  const role = pg.escapeIdentifier(name);
  const { rows } = await client.query<{ table: string }>(
    "SELECT tablename AS table FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'",
  );
  return [
    "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
    `REVOKE ALL ON SCHEMA public FROM ${role}`,
    `REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${role}`,
    `GRANT USAGE ON SCHEMA public TO ${role}`,
    `GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ${role}`,
    ...rows.map(({ table }) => `GRANT ${privilegesOn(table)} ON ${pg.escapeIdentifier(table)} TO ${role}`),
  ];
}

function privilegesOn(table: string): string {
  const rights = applicationRights[table] ?? {};
  const columns = rights.update ?? [];
  return [
    ...["SELECT", "INSERT"],
    ...(columns === "every" ? ["UPDATE"] : []),
    ...(columns !== "every" && columns.length > 0 ? [`UPDATE (${columns.map(pg.escapeIdentifier).join(", ")})`] : []),
    ...(rights.delete ? ["DELETE"] : []),
  ].join(", ");
}
