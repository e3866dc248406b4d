const secretNames = /^(password(hash)?|secret|token|authorization|cookie|hash|keyhash)$/i;
const customerNames = /^(customer|profile)$/;
const customerLists = /^(include|exclude|entries)$/;

export const maskedText = "…";

/** Text as PostgreSQL can store it: without NUL and halves of surrogate pairs. */
export function storable(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}

/**
 * A JSON value fit for the record: secrets are masked by the name they go under, and of customers neither
 * values nor ids are kept.
 */
export function maskForAudit(value: unknown): unknown {
  return mask(value === undefined ? null : JSON.parse(JSON.stringify(value) ?? "null"));
}

function mask(value: unknown): unknown {
  if (typeof value === "string") return storable(value);
  if (Array.isArray(value)) return value.map(mask);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [storable(name), maskField(name, inner)]));
}

function maskField(name: string, value: unknown): unknown {
  if (secretNames.test(name)) return value === null ? null : maskedText;
  if (customerNames.test(name) && typeof value === "object") return maskedText;
  if (customerLists.test(name) && Array.isArray(value)) return { count: value.length };
  if (name === "customerId") return maskedText;
  return mask(value);
}
