import type { ConnectOptions } from "./api";
import { StewardError } from "./steward-error";

export type Settings = Required<Pick<ConnectOptions, "url" | "key" | "mode" | "pollSeconds" | "instance" | "fetch">> & {
  /** The last part of the address. */
  readonly environment: string;
  readonly mostBytes: number;
  readonly cacheFile: string | undefined;
  readonly trustedKeys: readonly string[] | undefined;
  readonly scope: string | undefined;
};

const mebibyte = 1024 * 1024;
const longestInstance = 100;

/** Throws `bad-option` for what cannot be meant. */
export function readOptions(options: ConnectOptions): Settings {
  const { url, key, mode = "stream", pollSeconds = 30, instance = crypto.randomUUID() } = options;
  const { cacheFile, trustedKeys, scope, maxBytes = 64 * mebibyte } = options;
  const address = String(url).replace(/\/+$/, "");
  const [, environment] = /^https?:\/\/[^?#]+\/feed\/v1\/([a-z0-9_-]+)$/.exec(address) ?? [];
  if (environment === undefined) throw bad("url is the feed of one environment, as https://host/feed/v1/production");
  if (!/^stw_[A-Za-z0-9_-]+$/.test(key)) throw bad("key is a secret as the console showed it: stw_…");
  if (mode !== "stream" && mode !== "poll") throw bad('mode is "stream" or "poll"');
  if (!(pollSeconds >= 1 && pollSeconds <= 86_400)) throw bad("pollSeconds is from 1 to 86400");
  if (!(maxBytes >= 1)) throw bad("maxBytes is at least 1");
  if (instance.length > longestInstance) throw bad(`instance has at most ${longestInstance} characters`);
  if (trustedKeys?.length === 0) throw bad("trustedKeys names at least one key, or is left out");
  return {
    ...{ url: address, environment, key, mode, pollSeconds, instance, cacheFile, trustedKeys, scope },
    mostBytes: maxBytes,
    // Called as a method of the options, fetch would refuse its `this`.
    fetch: options.fetch ?? ((...given) => fetch(...given)),
  };
}

function bad(expected: string): StewardError {
  return new StewardError("bad-option", `${expected}.`);
}
