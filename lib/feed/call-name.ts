const known = new Set([
  "head",
  "bundle",
  "segments",
  "changes",
  "stream",
  "customers",
  "receipts",
  "keys",
  "revisions",
  "slo",
  "openapi.json",
  "docs",
]);

const call = /^\/feed\/v1\/[a-z0-9_-]+\/([a-z.]+)(?:\/[^/?]*(\/members)?)?(?=[/?]|$)/;

/** The call that an address is for, in one of a few words: what is counted and logged in place of the address. */
export function callNameOf(url: string): string {
  const [, name = "", members] = call.exec(url) ?? [];
  if (name === "segments" && members !== undefined) return "members";
  if (name === "head" && url.includes("wait=")) return "wait";
  return known.has(name) ? name : "other";
}
