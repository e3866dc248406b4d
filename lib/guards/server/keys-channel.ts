/** PostgreSQL channel: a key was made or revoked, or what keys may be told of has changed. */
export const keysChannel = "steward_keys";
