"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import type { OwnSession } from "@/lib/access/contract";
import { ownSessionQuery } from "@/lib/access/queries";
import { useViewer, type Viewer } from "./viewer";

const everyMs = 30_000;

/**
 * Asks whether the session still stands, also behind other tabs: an answer that it does not leads to the sign-in, as
 * any read's does. Other roles show at once, and another person's session in the same browser takes the page over.
 */
export function SessionWatch() {
  const viewer = useViewer();
  const router = useRouter();
  const { data: session } = useQuery({
    ...ownSessionQuery(),
    refetchInterval: everyMs,
    refetchIntervalInBackground: true,
    refetchOnWindowFocus: "always",
    refetchOnReconnect: "always",
  });
  useEffect(() => {
    if (!session) return;
    if (session.person.id !== viewer.id) window.location.reload();
    else if (!sameRoles(session, viewer)) router.refresh();
  }, [session, viewer, router]);
  return null;
}

function sameRoles(one: Pick<OwnSession, "roles">, other: Pick<Viewer, "roles">): boolean {
  return one.roles.length === other.roles.length && one.roles.every((role) => other.roles.includes(role));
}
