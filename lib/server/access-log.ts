import type { Logger } from "pino";
import type { RequestNote } from "./request-note";
import type { AccessLogChoice } from "./settings";

/** One answered request. Addresses hold ids of customers, so the call stands here by its name. */
export type Access = {
  readonly plane: string;
  readonly call: string;
  readonly method: string;
  /** 0 where the client went before the answer's end. */
  readonly status: number;
  readonly ms: number;
  readonly note: RequestNote | undefined;
};

/** Writes a line for each answer, for failures only, or none. Null where nothing is to be written. */
export function createAccessLog(choice: AccessLogChoice, log: Pick<Logger, "info">): ((access: Access) => void) | null {
  if (choice === "off") return null;
  return ({ note, ms, ...access }) => {
    if (choice === "errors" && access.status < 500) return;
    log.info({ access: { ...access, ms: Math.round(ms * 1000) / 1000, ...note } }, "answered");
  };
}
