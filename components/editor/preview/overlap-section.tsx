import { TextLink } from "@/components/ui/link-button";
import { formatNumber, formatShare } from "@/components/ui/number-format";
import { Section } from "@/components/ui/section";
import { ShareBar } from "@/components/ui/share-bar";
import type { Preview } from "@/lib/previews/contract";
import styles from "./preview.module.css";

type OverlapSectionProps = { readonly preview: Preview; readonly stale: boolean };

/** Which other live segments have the same members, the largest share of them first. */
export function OverlapSection({ preview: { overlaps, members }, stale }: OverlapSectionProps) {
  if (!overlaps) return null;
  const { live, compared, items } = overlaps;
  const scope =
    compared < live
      ? `${formatNumber(compared)} of ${formatNumber(live)} live looked at`
      : `of ${formatNumber(members)}`;
  return (
    <Section title="Overlaps" variant="panel" aside={items.length > 0 && scope}>
      {items.length === 0 ? (
        <p className={styles.dim}>
          {live === 0 ? "No other segment is live." : "No other live segment has a member of this one."}
        </p>
      ) : (
        <table className={styles.overlaps} aria-label="Overlaps" data-stale={stale || undefined}>
          <thead>
            <tr>
              <th scope="col">Live segment</th>
              <th scope="col" colSpan={2}>
                Of these members
              </th>
              <th scope="col">In both</th>
              <th scope="col" title="In both, of all who are in either">
                Jaccard
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={item.key}>
                <th scope="row">
                  <TextLink
                    href={`/segments/${item.key}`}
                    title={`${item.name}, v${item.version}, ${formatNumber(item.members)} members`}
                  >
                    {item.name}
                  </TextLink>
                </th>
                <td className={styles.bar}>
                  <ShareBar share={members === 0 ? 0 : item.both / members} />
                </td>
                <td>{formatShare(members === 0 ? null : Math.min(1, item.both / members))}</td>
                <td>{formatNumber(item.both)}</td>
                <td className={styles.dim}>{item.jaccard === null ? "" : item.jaccard.toFixed(2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}
