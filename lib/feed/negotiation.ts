export const encodings = ["br", "gzip", "identity"] as const;
export type Encoding = (typeof encodings)[number];

/** The best encoding that an Accept-Encoding header takes; of equal ones the smaller body. */
export function preferredEncoding(header: string | undefined): Encoding {
  if (!header) return "identity";
  const weights = new Map<string, number>();
  for (const part of header.toLowerCase().split(",")) {
    const [name = "", ...parameters] = part.split(";").map((text) => text.trim());
    const weight = parameters.find((text) => text.startsWith("q="));
    weights.set(name, weight === undefined ? 1 : Number(weight.slice(2)) || 0);
  }
  const anything = weights.get("*");
  let best: Encoding = "identity";
  let bestWeight = 0;
  for (const encoding of ["br", "gzip"] as const) {
    const weight = weights.get(encoding) ?? anything ?? 0;
    if (weight > bestWeight) [best, bestWeight] = [encoding, weight];
  }
  return bestWeight >= (weights.get("identity") ?? 0) ? best : "identity";
}

/** Whether If-None-Match names the tag, by the weak comparison that RFC 9110 asks for. */
export function matchesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header === etag || header.trim() === "*") return true;
  const opaque = etag.replace(/^W\//, "");
  return header.split(",").some((tag) => tag.trim().replace(/^W\//, "") === opaque);
}
