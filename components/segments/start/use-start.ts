"use client";

import { useQuery } from "@tanstack/react-query";
import { segmentOverviewQuery } from "@/lib/releases/queries";
import { useTemplates } from "@/lib/segments/use-templates";
import type { GivenIds, Start } from "./start";
import { useStartAddress } from "./start-address";

/** What the address and the given ids say together; null while a choice is not complete. */
export function useStart(ids: GivenIds | null): Start | null {
  const [{ from, template: key, segment }] = useStartAddress();
  const template = useTemplates().find((each) => each.key === key);
  const isClone = from === "clone" && segment !== null;
  const { data } = useQuery({ ...segmentOverviewQuery(segment ?? ""), enabled: isClone });
  switch (from) {
    case "blank":
      return { kind: "blank" };
    case "template":
      return template?.rule ? { kind: "template", template } : null;
    case "clone":
      return isClone && data ? { kind: "clone", original: data.shown.document } : null;
    case "ids":
      return ids && { kind: "ids", ...ids };
  }
}
