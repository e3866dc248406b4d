/** A piece of a text about a rule. "attribute" and "value" carry the weight, "quiet" recedes; `mark` shows a change. */
export type Phrase = {
  readonly kind: "text" | "attribute" | "value" | "quiet";
  readonly text: string;
  readonly mark?: "added" | "removed";
};

export function plain(text: string): Phrase {
  return { kind: "text", text };
}

export function quiet(text: string): Phrase {
  return { kind: "quiet", text };
}

export function named(text: string): Phrase {
  return { kind: "attribute", text };
}

export function valued(text: string): Phrase {
  return { kind: "value", text };
}

/** The phrases as one text. */
export function sentence(parts: readonly Phrase[]): string {
  return parts.map(({ text }) => text).join("");
}

/** "plan" becomes "Plan" where a sentence or a title begins. */
export function upperFirst(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** "Plan" becomes "plan" within a sentence; "API calls" and "iOS version" stay. */
export function lowerFirst(name: string): string {
  return /^\p{Lu}(?!\p{Lu})/u.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}
