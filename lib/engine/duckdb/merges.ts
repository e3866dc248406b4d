/** Who is somebody else now, and what parting needs, as JSON of `KeptMerge`. */
export const mergeTable = "merges";

export const createMergeTable = `CREATE TABLE IF NOT EXISTS ${mergeTable} (origin VARCHAR NOT NULL,
  target VARCHAR NOT NULL, kept VARCHAR NOT NULL)`;
