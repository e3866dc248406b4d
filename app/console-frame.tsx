import type { ReactNode } from "react";
import { Shell } from "@/components/layout/shell";
import type { Actor } from "@/lib/access/actor";
import { database } from "@/lib/server/database";
import { findInstallation } from "@/lib/server/installation";

/** The shell for somebody who is signed in. */
export async function ConsoleFrame({ actor, children }: { readonly actor: Actor; readonly children: ReactNode }) {
  const { id, name, email, team, roles } = actor;
  const demo = (await findInstallation(database())) === "demo";
  return (
    <Shell viewer={{ id, name, email, team, roles }} demo={demo}>
      {children}
    </Shell>
  );
}
