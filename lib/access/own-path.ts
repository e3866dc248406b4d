const ownOrigin = "http://own.invalid";

/** The path of this site that an address names, or "/": a sign-in that led anywhere else would be an open redirect. */
export function ownPath(address: string | undefined): string {
  // Read as browsers read it: they drop tabs and line ends, and take "\" for "/".
  if (!address?.startsWith("/") || !URL.canParse(address, ownOrigin)) return "/";
  const { origin, pathname, search, hash } = new URL(address, ownOrigin);
  return origin === ownOrigin && !pathname.startsWith("//") ? pathname + search + hash : "/";
}
