import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { Shell } from "@/components/layout/shell";
import { readSession } from "@/lib/access/server/read-session";
import { database } from "@/lib/server/database";
import { findInstallation } from "@/lib/server/installation";

export default async function ConsoleLayout({ children }: { readonly children: ReactNode }) {
  const actor = await readSession();
  if (!actor) redirect(await signInAddress());
  const { id, name, email, team, roles } = actor;
  const demo = (await findInstallation(database())) === "demo";
  return (
    <Shell viewer={{ id, name, email, team, roles }} demo={demo}>
      {children}
    </Shell>
  );
}

async function signInAddress(): Promise<string> {
  const path = (await headers()).get("x-steward-path") ?? "/";
  return path === "/" ? "/sign-in" : `/sign-in?from=${encodeURIComponent(path)}`;
}
