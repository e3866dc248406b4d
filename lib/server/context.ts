import type { Actor } from "../access/actor";
import type { Database } from "./database";

/** What every verb is given. `now` is taken once, when the request arrives: no verb reads a clock. */
export type Context = {
  readonly actor: Actor;
  readonly db: Database;
  readonly now: Date;
};
