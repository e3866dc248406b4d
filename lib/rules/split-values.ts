/** Values pasted as one text: by lines, commas, semicolons or tabs; trimmed, in NFC, each once, quotes around one gone. */
export function splitValues(pasted: string): string[] {
  return [...new Set(pastedValues(pasted))];
}

/** Values as typed, one by one: trimmed, in NFC, none empty, each once. */
export function tidyValues(values: readonly string[]): string[] {
  return [...new Set(values.map((value) => value.trim().normalize("NFC")).filter((value) => value !== ""))];
}

export type PastedValues = {
  /** Those before, then the new ones, `most` at most. */
  readonly values: readonly string[];
  readonly added: number;
  /** Were there before, or stood in the text more than once. */
  readonly repeated: number;
  /** Did not fit. */
  readonly left: number;
};

/** What a list of values becomes when a text is pasted into it; null for a text that is a single value. */
export function pasteValues(before: readonly string[], pasted: string, most: number): PastedValues | null {
  const given = pastedValues(pasted);
  if (given.length < 2) return null;
  const fresh = [...new Set(given)].filter((value) => !before.includes(value));
  const fitting = fresh.slice(0, Math.max(0, most - before.length));
  const left = fresh.length - fitting.length;
  return { values: [...before, ...fitting], added: fitting.length, repeated: given.length - fresh.length, left };
}

function pastedValues(pasted: string): string[] {
  return pasted
    .split(/[\n\r,;\t]+/)
    .map((value) =>
      value
        .trim()
        .replace(/^"(.*)"$/, "$1")
        .trim()
        .normalize("NFC"),
    )
    .filter((value) => value !== "");
}
