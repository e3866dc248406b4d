import { floorTable, logTable } from "../sql/membership-log";

/** The same for an id in every version of DuckDB. */
export function duckDbSpot(id: string): string {
  return `md5_number_lower(${id})`;
}

/** Columns come to the table of a file from before them; nothing was written into it then. */
export const createLogTables = `
  CREATE TABLE IF NOT EXISTS ${logTable} (environment VARCHAR NOT NULL, segment VARCHAR NOT NULL,
    revision BIGINT NOT NULL, id VARCHAR NOT NULL, change TINYINT NOT NULL, region VARCHAR, cause VARCHAR,
    spot UBIGINT);
  ALTER TABLE ${logTable} ADD COLUMN IF NOT EXISTS region VARCHAR;
  ALTER TABLE ${logTable} ADD COLUMN IF NOT EXISTS cause VARCHAR;
  ALTER TABLE ${logTable} ADD COLUMN IF NOT EXISTS spot UBIGINT;
  UPDATE ${logTable} SET spot = ${duckDbSpot("id")} WHERE spot IS NULL;
  CREATE TABLE IF NOT EXISTS ${floorTable} (environment VARCHAR NOT NULL, revision BIGINT NOT NULL)`;
