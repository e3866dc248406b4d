import type { Role } from "./permissions";

/** Who acts. `via` says how they came: a browser session, a personal token, a release they had
 * scheduled, or the product itself. */
export type Actor = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly team: string | null;
  readonly roles: readonly Role[];
  readonly via: "session" | "token" | "command line" | "schedule" | "system";
  readonly tokenId?: string;
};

/** What Steward does by itself: it holds no role and gives no verdict. */
export const systemActor: Actor = {
  id: "system",
  email: "",
  name: "Steward",
  team: null,
  roles: [],
  via: "system",
};
