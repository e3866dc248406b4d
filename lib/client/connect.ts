import type { Client, ConnectOptions } from "./api";
import { createClient } from "./client";
import { systemClock } from "./clock";

/**
 * Connects to the feed of one environment and keeps what it releases verified and ready to evaluate. Returns at once;
 * await `ready()` before asking. One client for a process is enough. Throws `bad-option`.
 */
export function connect(options: ConnectOptions): Client {
  return createClient(options, systemClock(options.now));
}
