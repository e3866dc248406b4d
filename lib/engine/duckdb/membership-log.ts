import { floorTable, logTable } from "../sql/membership-log";

/** Columns come to the table of a file from before them; nothing was written into it then. */
export const createLogTables = `
  CREATE TABLE IF NOT EXISTS ${logTable} (environment VARCHAR NOT NULL, segment VARCHAR NOT NULL,
    revision BIGINT NOT NULL, id VARCHAR NOT NULL, change TINYINT NOT NULL, region VARCHAR, cause VARCHAR);
  ALTER TABLE ${logTable} ADD COLUMN IF NOT EXISTS region VARCHAR;
  ALTER TABLE ${logTable} ADD COLUMN IF NOT EXISTS cause VARCHAR;
  CREATE TABLE IF NOT EXISTS ${floorTable} (environment VARCHAR NOT NULL, revision BIGINT NOT NULL)`;
