import type { Role } from "@/lib/access/permissions";

/** What each role may do, as one reads who gives it. */
export const roleWords = {
  viewer: "reads segments and what they hold",
  support: "looks customers up, personal values masked",
  author: "drafts and submits segments, keeps lists and attributes",
  reviewer: "approves and releases",
  privacy: "approves, sees personal values, keeps purposes, regions and policies",
  operator: "approves, releases, rolls back, empties segments, freezes environments",
  admin: "keeps people, policies, the catalogue and environments; breaks the glass",
} as const satisfies Record<Role, string>;
