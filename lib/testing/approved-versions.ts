import { grantToApplication } from "../../prisma/grant-to-application";
import { deployMigrations } from "../../prisma/migrate";
import { asRole } from "../server/application-role";
import { createDatabase } from "../server/database";
import type { TestDatabase } from "./database";
import { approved, createGovernance } from "./governance";

export const killedRole = { name: "steward_app", password: "application" };

/** Versions that production and staging may serve, in a database that a process to be killed reaches as `killedRole`. */
export async function approvedVersions(ownerUrl: string, folder: string): Promise<string[]> {
  await deployMigrations(ownerUrl);
  await grantToApplication(ownerUrl, killedRole);
  const url = asRole(ownerUrl, killedRole);
  const db = createDatabase(url);
  const owner = createDatabase(ownerUrl, 1);
  const database: TestDatabase = {
    ...{ db, url, ownerUrl },
    unprotected: (work) => owner.$transaction(work),
    drop: async () => void (await Promise.all([db.$disconnect(), owner.$disconnect()])),
  };
  const world = await createGovernance("one reviewer", { database, folder });
  const ids: string[] = [];
  for (let n = 0; n < 4; n += 1) ids.push((await approved(world, `killed-${n}`)).id);
  await world.close();
  return ids;
}
