/** What names a customer beside their id. No customer needs to be known for it: it holds once the customer comes. */
export const identityTable = "identities";

export const createIdentityTable = `CREATE TABLE IF NOT EXISTS ${identityTable} (namespace VARCHAR NOT NULL,
  value VARCHAR NOT NULL, customer VARCHAR NOT NULL)`;
