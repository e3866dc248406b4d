/** The keys of the attributes that a rule names, in order and once each; of a rule being written, those it has so far. */
export function attributesUsed(rule: unknown): string[] {
  const used = new Set<string>();
  const waiting: unknown[] = [rule];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (typeof node !== "object" || node === null) continue;
    const attribute: unknown = Reflect.get(node, "attribute");
    if (typeof attribute === "string") used.add(attribute);
    for (const kind of ["all", "any", "none"]) {
      const children: unknown = Object.hasOwn(node, kind) ? Reflect.get(node, kind) : undefined;
      if (Array.isArray(children)) waiting.push(...children);
    }
  }
  return [...used].sort();
}
