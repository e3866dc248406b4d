import { type NextRequest, NextResponse } from "next/server";

/** Tells layouts which page was asked for, so that signing in leads back to it. It decides nothing. */
export function proxy(request: NextRequest): NextResponse {
  const headers = new Headers(request.headers);
  headers.set("x-steward-path", request.nextUrl.pathname + request.nextUrl.search);
  return NextResponse.next({ request: { headers } });
}

export const config = { matcher: ["/((?!api/|_next/|sign-in|.*\\.[a-z0-9]+$).*)"] };
