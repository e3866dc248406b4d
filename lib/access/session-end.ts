/** Why somebody is not signed in. */
export const sessionEnds = ["unauthenticated", "session-expired", "session-ended", "person-disabled"] as const;
export type SessionEnd = (typeof sessionEnds)[number];

export const sessionEndWords = {
  unauthenticated: "Sign in first.",
  "session-expired": "Your session has lasted as long as one may. Sign in again.",
  "session-ended": "Your identity provider ended this session. Sign in again.",
  "person-disabled": "Your account was disabled. Ask an admin of Steward.",
} as const satisfies Record<SessionEnd, string>;
