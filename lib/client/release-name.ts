/** Put there by the build. */
declare const STEWARD_CLIENT_VERSION: string | undefined;

const version = typeof STEWARD_CLIENT_VERSION === "string" ? `/${STEWARD_CLIENT_VERSION}` : "";

/** What reads, in receipts: "steward-client/1.2.3". */
export const releaseName = `steward-client${version}`;
