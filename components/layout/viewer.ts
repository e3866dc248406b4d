"use client";

import { createContext, useContext } from "react";
import { can, type Permission, type Role } from "@/lib/access/permissions";

/** Who looks at the screen, as far as the browser needs to know. What they may do is decided on the server. */
export type Viewer = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly team: string | null;
  readonly roles: readonly Role[];
};

export const ViewerContext = createContext<Viewer | null>(null);

/** Only inside the console, where somebody is always signed in. */
export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext);
  if (!viewer) throw new Error("useViewer is for pages of the console.");
  return viewer;
}

/** Whether to offer something; the verb decides again. */
export function useCan(permission: Permission): boolean {
  return can(useViewer(), permission);
}
