import { Facts } from "@/components/ui/facts";
import type { MergePreview } from "@/lib/customers/identity-contract";

/** What a merge does to the membership of both, as far as it follows from what is stored of them now. */
export function MergeEffect({ preview }: { readonly preview: MergePreview }) {
  const { into, from, environment, stays, enters, leaves, lost, withdrawn, gained, identities } = preview;
  const named = (list: readonly { readonly name: string; readonly because?: string }[]) =>
    list.map(({ name, because }) => (because === undefined ? name : `${name} (${because})`)).join(", ") || "none";
  return (
    <Facts
      labelWidth={190}
      facts={[
        { key: "enters", label: `${into} enters in ${environment}`, value: named(enters) },
        { key: "leaves", label: `${into} leaves`, value: named(leaves) },
        { key: "lost", label: `Only ${from} was in`, value: named(lost) },
        { key: "stays", label: `${into} stays in`, value: named(stays) },
        { key: "withdrawn", label: "No longer granted", value: withdrawn.join(", ") || "nothing" },
        { key: "gained", label: "Values that come along", value: gained.join(", ") || "none" },
        { key: "identities", label: "Identities that move", value: String(identities) },
      ]}
    />
  );
}
