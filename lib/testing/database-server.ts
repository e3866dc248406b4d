import type { TestProject } from "vitest/node";
import { grantToApplication } from "../../prisma/grant-to-application";
import { deployMigrations } from "../../prisma/migrate";
import { startThrowawayPostgres } from "../server/throwaway-postgres";
import { administer, databaseUrl, testRole } from "./database";

const templateDatabase = "steward_template";

/** Starts one PostgreSQL for the run (or uses DATABASE_URL_TEST) and applies the migrations once, to a template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.DATABASE_URL_TEST;
  const postgres = given ? undefined : await startThrowawayPostgres();
  const serverUrl = databaseUrl(given ?? postgres?.url ?? "", "postgres");
  const template = given ? `${templateDatabase}_${process.pid}` : templateDatabase;
  await administer(serverUrl, `CREATE DATABASE ${template}`);
  await deployMigrations(databaseUrl(serverUrl, template));
  await grantToApplication(databaseUrl(serverUrl, template), testRole);
  project.provide("databaseServerUrl", serverUrl);
  project.provide("templateDatabase", template);
  return async () => {
    if (postgres) await postgres.stop();
    else await administer(serverUrl, `DROP DATABASE IF EXISTS ${template} WITH (FORCE)`);
  };
}
