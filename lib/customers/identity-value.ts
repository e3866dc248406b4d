export type NamespaceRule = { readonly key: string; readonly hashed: boolean };

const longestValue = 1_000;

/**
 * How a value of a namespace is kept: in NFC and trimmed; where it is hashed in small letters before, as text that tells
 * nobody what it was. `hash` is keyed. Null for what cannot be kept: nothing, too much, or no Unicode.
 */
export function keptValue(namespace: NamespaceRule, value: string, hash: (text: string) => string): string | null {
  if (!value.isWellFormed() || value.includes("\0")) return null;
  const plain = value.normalize("NFC").trim();
  if (plain === "" || plain.length > longestValue) return null;
  return namespace.hashed ? hash(JSON.stringify(["identity", namespace.key, plain.toLowerCase()])) : plain;
}

/** "NAMESPACE:VALUE", as in an address; null for anything else. */
export function readIdentifier(text: string): { readonly namespace: string; readonly value: string } | null {
  const end = text.indexOf(":");
  if (end <= 0 || end === text.length - 1) return null;
  return { namespace: text.slice(0, end), value: text.slice(end + 1) };
}
