type Environment = { readonly key: string; readonly promotedFrom: string | null };

/** Why an environment cannot take its versions from another, in words; null where it can. */
export function promotionRefusal(
  environments: readonly Environment[],
  key: string,
  promotedFrom: string | null,
): string | null {
  if (promotedFrom === null) return null;
  const from = new Map(environments.map((each) => [each.key, each.promotedFrom]));
  if (!from.has(promotedFrom)) {
    return `There is no environment "${promotedFrom}". Use one of ${[...from.keys()].join(", ")}.`;
  }
  const passed = new Set([key]);
  for (let next: string | null = promotedFrom; next !== null; next = from.get(next) ?? null) {
    if (passed.has(next)) return `${key} would wait for itself: ${[...passed, next].join(" takes from ")}.`;
    passed.add(next);
  }
  return null;
}
