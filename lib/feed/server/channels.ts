/** The PostgreSQL channel on which a key's id is said when the key is made or revoked. */
export const keysChannel = "steward_keys";
