export function print(lines: readonly string[]): void {
  for (const line of lines) console.log(line);
}

export function printJson(value: unknown): void {
  console.log(JSON.stringify(value, null, 2));
}
