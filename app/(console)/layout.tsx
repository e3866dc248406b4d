import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { readSession } from "@/lib/access/server/read-session";
import { ConsoleFrame } from "../console-frame";

export default async function ConsoleLayout({ children }: { readonly children: ReactNode }) {
  const actor = await readSession();
  if (!actor) redirect(await signInAddress());
  return <ConsoleFrame actor={actor}>{children}</ConsoleFrame>;
}

async function signInAddress(): Promise<string> {
  const path = (await headers()).get("x-steward-path") ?? "/";
  return path === "/" ? "/sign-in" : `/sign-in?from=${encodeURIComponent(path)}`;
}
