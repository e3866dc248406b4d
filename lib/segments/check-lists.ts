import type { Finding } from "../findings";
import { quote } from "../rules/rule-finding";
import type { ListEntry, SegmentDocument } from "./document";

const mostFindings = 20;

/** Warns of customers listed twice or on both lists, and, when `asOf` is given, of entries that have expired by then. */
export function checkLists({ include, exclude }: SegmentDocument["definition"], asOf?: number): Finding[] {
  const excluded = new Set(exclude.map(({ customerId }) => customerId));
  const onBoth = include.flatMap(({ customerId }, index) =>
    excluded.has(customerId)
      ? [
          warning(
            "on-both-lists",
            `definition.include[${index}]`,
            `Customer ${quote(customerId)} is on both lists; the exclude list decides.`,
            "Take the customer off one of the lists.",
          ),
        ]
      : [],
  );
  return [
    ...onBoth,
    ...repetitions(include, "definition.include"),
    ...repetitions(exclude, "definition.exclude"),
    ...expired(include, "definition.include", asOf),
    ...expired(exclude, "definition.exclude", asOf),
  ].slice(0, mostFindings);
}

function repetitions(entries: readonly ListEntry[], path: string): Finding[] {
  const seen = new Set<string>();
  return entries.flatMap(({ customerId }, index) => {
    const again = seen.has(customerId);
    seen.add(customerId);
    const message = `Customer ${quote(customerId)} is listed twice; the later expiry counts.`;
    return again ? [warning("listed-twice", `${path}[${index}]`, message, "Remove one of the two entries.")] : [];
  });
}

function expired(entries: readonly ListEntry[], path: string, asOf: number | undefined): Finding[] {
  if (asOf === undefined) return [];
  return entries.flatMap(({ customerId, expiresAt }, index) => {
    if (expiresAt === undefined || Date.parse(expiresAt) > asOf) return [];
    const message = `The entry of customer ${quote(customerId)} has expired.`;
    return [warning("entry-expired", `${path}[${index}]`, message, "Remove the entry, or give a later instant.")];
  });
}

function warning(code: string, path: string, message: string, resolution: string): Finding {
  return { code, severity: "warning", message, path, resolution };
}
