import { userInfo } from "node:os";
import type { Actor } from "../../lib/access/actor";

/** Whoever can run a command here can also read the database: they may do everything, under their own name. */
export function commandLineActor(): Actor {
  const { username } = userInfo();
  return { id: "command-line", email: "", name: username, team: null, roles: ["admin"], via: "command line" };
}
