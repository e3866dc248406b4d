import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { actorOf } from "@/lib/access/server/actor-of";
import { readOwnSession } from "@/lib/access/server/read-session";
import type { SessionEnd } from "@/lib/access/session-end";
import { ConsoleFrame } from "../console-frame";

export default async function ConsoleLayout({ children }: { readonly children: ReactNode }) {
  const session = await readOwnSession();
  if ("ended" in session) redirect(await signInAddress(session.ended));
  return <ConsoleFrame actor={actorOf(session.person, { via: "session" })}>{children}</ConsoleFrame>;
}

/** Who was never here is told nothing; who was is told why they are not any more. */
async function signInAddress(ended: SessionEnd): Promise<string> {
  const path = (await headers()).get("x-steward-path") ?? "/";
  const query = new URLSearchParams({
    ...(path === "/" ? {} : { from: path }),
    ...(ended === "unauthenticated" ? {} : { why: ended }),
  }).toString();
  return query === "" ? "/sign-in" : `/sign-in?${query}`;
}
