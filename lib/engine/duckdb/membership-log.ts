import { logTable } from "../sql/membership-log";

export const createLogTable = `CREATE TABLE IF NOT EXISTS ${logTable} (environment VARCHAR NOT NULL,
  segment VARCHAR NOT NULL, revision BIGINT NOT NULL, id VARCHAR NOT NULL, change TINYINT NOT NULL)`;
