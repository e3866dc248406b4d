import type { Client, ConnectOptions } from "./api";
import { createClient } from "./client";
import { systemClock } from "./clock";

export type {
  AttributeInput,
  Client,
  ClientEvents,
  ClientState,
  ConnectOptions,
  Customer,
  Failure,
  MatchedSegment,
  Refusal,
  Standing,
  Status,
  Treatment,
  TreatmentValue,
} from "./api";
export { type FailureCode, type RefusalCode, StewardError, type StewardErrorCode } from "./steward-error";

/**
 * Connects to the feed of one environment and keeps what it releases verified and ready to evaluate. Returns at once;
 * await `ready()` before asking. One client for a process is enough. Throws `bad-option`.
 */
export function connect(options: ConnectOptions): Client {
  return createClient(options, systemClock(options.now));
}
