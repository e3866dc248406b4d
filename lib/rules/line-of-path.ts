/**
 * The line, from 1, on which the value at a finding's path ("all[2].any[0].value") begins in a text that is JSON; of a
 * value that is not there, the line of what should hold it.
 */
export function lineOfPath(text: string, path: string): number {
  let at = skipBlank(text, 0);
  for (const step of path.matchAll(/\[(\d+)\]|[^.[\]]+/g)) {
    const next = step[1] === undefined ? memberAt(text, at, step[0]) : itemAt(text, at, Number(step[1]));
    if (next === undefined) break;
    at = next;
  }
  return lineAt(text, at);
}

/** The line, from 1, of a place in a text. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

function memberAt(text: string, start: number, name: string): number | undefined {
  if (text[start] !== "{") return undefined;
  let at = skipBlank(text, start + 1);
  while (text[at] === '"') {
    const end = skipValue(text, at);
    const value = skipBlank(text, skipBlank(text, end) + 1);
    if (JSON.parse(text.slice(at, end)) === name) return value;
    at = nextElement(text, value);
  }
  return undefined;
}

function itemAt(text: string, start: number, index: number): number | undefined {
  if (text[start] !== "[") return undefined;
  let at = skipBlank(text, start + 1);
  for (let passed = 0; passed < index && text[at] !== "]"; passed += 1) at = nextElement(text, at);
  return text[at] === "]" ? undefined : at;
}

function nextElement(text: string, value: number): number {
  const end = skipBlank(text, skipValue(text, value));
  return text[end] === "," ? skipBlank(text, end + 1) : end;
}

/** Where a value ends: a text at its quote, an object or list at its bracket, anything else at what follows it. */
function skipValue(text: string, start: number): number {
  if (text[start] === '"') return endOfText(text, start);
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (depth === 0 && /[,\]}\s]/.test(sign)) return at;
    if (sign === '"') at = endOfText(text, at) - 1;
    else if (sign === "{" || sign === "[") depth += 1;
    else if (sign === "}" || sign === "]") depth -= 1;
    if (depth === 0 && (sign === "}" || sign === "]")) return at + 1;
  }
  return text.length;
}

function endOfText(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

function skipBlank(text: string, start: number): number {
  let at = start;
  while (at < text.length && /\s/.test(text.charAt(at))) at += 1;
  return at;
}
