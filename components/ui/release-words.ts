import type { releaseKinds } from "@/lib/releases/contract";
import type { NestedChange } from "@/lib/releases/history-contract";

/** Before the version: "released v5". */
export const wordsOfRelease = {
  release: "released",
  rollback: "rolled back to",
  kill: "emptied",
  break_glass: "released without approvals",
} as const satisfies Record<(typeof releaseKinds)[number], string>;

/** After the name and version of what a segment refers to: "Lapsed customers v5 was released". */
export const wordsOfNestedChange = {
  release: "was released",
  rollback: "was brought back",
  kill: "was emptied",
  break_glass: "was released without approvals",
  upload: "was uploaded",
} as const satisfies Record<NestedChange["what"], string>;
