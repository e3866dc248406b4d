import type { SentencePart } from "@/components/ui/sentence-parts";
import type { Phrase } from "@/lib/rules/phrase";

const kinds = { text: "text", attribute: "subject", value: "value", quiet: "join" } as const satisfies Record<
  Phrase["kind"],
  SentencePart["kind"]
>;

export function sentenceParts(phrases: readonly Phrase[]): SentencePart[] {
  return phrases.map(({ kind, text }) => ({ kind: kinds[kind], text }));
}
