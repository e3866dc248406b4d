import { keptSecret } from "./data-folder";

/** What the application is in the embedded PostgreSQL: it owns nothing, so that nothing it does gets round the triggers. */
const applicationRole = "steward_app";

export type DatabaseAccess = {
  /** As the application: what everything that serves people and consumers uses. */
  readonly url: string;
  /** As the owner: migrations, grants, and the job queue's own schema. */
  readonly ownerUrl: string;
};

/** How the embedded PostgreSQL is reached by its owner and by the application, whose password lies in the data folder. */
export async function embeddedAccess(ownerUrl: string, dataFolder: string): Promise<DatabaseAccess> {
  const password = await keptSecret(dataFolder, "postgres-application-password");
  return { url: asRole(ownerUrl, { name: applicationRole, password }), ownerUrl };
}

/** Name and password in an address. */
export function roleIn(url: string): { name: string; password: string } {
  const { username, password } = new URL(url);
  return { name: decodeURIComponent(username), password: decodeURIComponent(password) };
}

export function asRole(url: string, role: { readonly name: string; readonly password: string }): string {
  const changed = new URL(url);
  changed.username = encodeURIComponent(role.name);
  changed.password = encodeURIComponent(role.password);
  return changed.href;
}
