/** PostgreSQL channels: a key was made or revoked (its id); an environment has a new revision ("environment:revision"). */
export const keysChannel = "steward_keys";
export const revisionChannel = "steward_revision";
