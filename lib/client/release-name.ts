/** What reads, in receipts; the build puts the package's version there. */
export const releaseName = "steward-client";
