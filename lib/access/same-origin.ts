const safeMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Whether a request that a cookie vouches for may have its effect. Browsers say where it was made: Sec-Fetch-Site,
 * which no page can forge, or else Origin; a request that says neither was not made by a page of ours.
 */
export function mayChangeByCookie(request: { method: string; headers: Headers }, publicUrl?: string): boolean {
  if (safeMethods.has(request.method)) return true;
  const site = request.headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin";
  const origin = request.headers.get("origin");
  if (origin === null || !URL.canParse(origin)) return false;
  return new URL(origin).host === ownHost(request.headers, publicUrl);
}

function ownHost(headers: Headers, publicUrl: string | undefined): string | null {
  if (publicUrl) return new URL(publicUrl).host;
  return headers.get("x-forwarded-host") ?? headers.get("host");
}
