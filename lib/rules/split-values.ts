/** Values pasted as one text: by lines, commas, semicolons or tabs; trimmed, in NFC, each once, quotes around one gone. */
export function splitValues(pasted: string): string[] {
  const values = pasted
    .split(/[\n\r,;\t]+/)
    .map((value) =>
      value
        .trim()
        .replace(/^"(.*)"$/, "$1")
        .trim()
        .normalize("NFC"),
    )
    .filter((value) => value !== "");
  return [...new Set(values)];
}

/** Values as typed, one by one: trimmed, in NFC, none empty, each once. */
export function tidyValues(values: readonly string[]): string[] {
  return [...new Set(values.map((value) => value.trim().normalize("NFC")).filter((value) => value !== ""))];
}
