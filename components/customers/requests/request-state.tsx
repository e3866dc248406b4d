import { type GlyphState, StateLabel } from "@/components/ui/state-glyph";
import type { DataRequestItem } from "@/lib/customers/request-contract";

export const kindWords = { access: "Access", erasure: "Erasure" } as const satisfies Record<
  DataRequestItem["kind"],
  string
>;

const states = {
  open: { state: "scheduled", word: "open" },
  done: { state: "passed", word: "done" },
  refused: { state: "never", word: "refused" },
} as const satisfies Record<DataRequestItem["state"], { state: GlyphState; word: string }>;

export function RequestState({ request }: { readonly request: DataRequestItem }) {
  if (request.overdue) return <StateLabel state="attention">overdue</StateLabel>;
  if (request.kind === "erasure" && request.state === "open")
    return <StateLabel state="scheduled">being erased</StateLabel>;
  const { state, word } = states[request.state];
  return <StateLabel state={state}>{word}</StateLabel>;
}
