/** Beside the profiles: what customers said of purposes, and what was stored of them before. */
export const createCustomerTables = `
  CREATE TABLE IF NOT EXISTS consents (customer VARCHAR NOT NULL, purpose VARCHAR NOT NULL, state VARCHAR NOT NULL,
    "at" BIGINT NOT NULL, source VARCHAR NOT NULL, text VARCHAR, received BIGINT NOT NULL);
  CREATE TABLE IF NOT EXISTS past_profiles (id VARCHAR NOT NULL, until BIGINT NOT NULL, profile VARCHAR NOT NULL)`;
