/** What comes in, each at an address of its own. */
export const ingestTargets = ["customers", "events", "consents", "identities"] as const;
export type IngestTarget = (typeof ingestTargets)[number];
