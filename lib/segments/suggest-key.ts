import { reservedKeys } from "../catalogue/definition";

const longest = 63;

/** A key made of a name: "Win-back: lapsed premium" gives "win-back-lapsed-premium"; "" where no letter or digit is left. */
export function suggestKey(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  if (plain === "") return "";
  const key = /^[a-z]/.test(plain) ? plain : `s-${plain}`;
  const short = key.slice(0, longest).replace(/-+$/, "");
  return reservedKeys.has(short) ? `${short}-segment` : short;
}
