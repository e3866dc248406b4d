import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { templateKeys } from "@/lib/segments/templates";

export const startKinds = ["blank", "template", "clone", "ids"] as const;
export type StartKind = (typeof startKinds)[number];

/** What a new segment starts from, as the address holds it: other pages link to it. */
export function useStartAddress() {
  return useQueryStates(
    {
      from: parseAsStringLiteral(startKinds).withDefault("blank"),
      template: parseAsStringLiteral(templateKeys),
      segment: parseAsString,
    },
    { history: "replace" },
  );
}
