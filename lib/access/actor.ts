import type { Role } from "./permissions";

/** Who acts. `via` says how they came: a browser session, a personal token, or the product itself. */
export type Actor = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly team: string | null;
  readonly roles: readonly Role[];
  readonly via: "session" | "token" | "command line" | "system";
  readonly tokenId?: string;
};
