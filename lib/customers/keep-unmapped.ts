import type { Profile } from "../rules/definition";
import type { ImportMapping, PurposeSource } from "./import-mapping";

/** The customer after an import: what the mapping reads is as in `fresh`, what it leaves out as it was in `old`. */
export function keepUnmapped(fresh: Profile, old: Profile | undefined, mapping: ImportMapping): Profile {
  if (!old) return fresh;
  const mapped = new Set(Object.values(mapping.attributes).map(({ key }) => key));
  const kept = Object.entries(old.attributes).filter(([key]) => !mapped.has(key));
  const { region } = mapping.region === undefined ? old : fresh;
  return {
    id: fresh.id,
    ...(region === undefined ? {} : { region }),
    consents: purposesAfter(fresh.consents, old.consents, mapping.consents),
    objections: purposesAfter(fresh.objections, old.objections, mapping.objections),
    attributes: { ...Object.fromEntries(kept), ...fresh.attributes },
  };
}

/** A list of purposes replaces all; yes/no columns speak of their own purposes only. */
function purposesAfter(
  fresh: readonly string[],
  old: readonly string[],
  source: PurposeSource | undefined,
): readonly string[] {
  if (!source) return old;
  if (source.list) return fresh;
  const mapped = new Set([...Object.values(source.columns), ...source.constant]);
  return [...old.filter((purpose) => !mapped.has(purpose)), ...fresh];
}
