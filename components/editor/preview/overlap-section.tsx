import { Tooltip, VisuallyHidden } from "@mantine/core";
import { FindingIcon } from "@/components/ui/finding-list";
import { TextLink } from "@/components/ui/link-button";
import { formatNumber, formatShare } from "@/components/ui/number-format";
import { Section } from "@/components/ui/section";
import { ShareBar } from "@/components/ui/share-bar";
import type { Preview } from "@/lib/previews/contract";
import { useEditing } from "../editor-context";
import styles from "./preview.module.css";

type OverlapSectionProps = { readonly preview: Preview; readonly stale: boolean };

/** Which other live segments have the same members, the largest share of them first. */
export function OverlapSection({ preview: { overlaps, members }, stale }: OverlapSectionProps) {
  const { exclusiveGroup } = useEditing().document;
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
              <OverlapRow
                key={item.key}
                item={item}
                members={members}
                conflicts={exclusiveGroup !== undefined && item.exclusiveGroup === exclusiveGroup}
              />
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}

type OverlapRowProps = {
  readonly item: NonNullable<Preview["overlaps"]>["items"][number];
  readonly members: number;
  /** Both are in one exclusive group, which lets a customer be in one segment only. */
  readonly conflicts: boolean;
};

function OverlapRow({ item, members, conflicts }: OverlapRowProps) {
  const { key, name, version, both, jaccard } = item;
  const known = `${name}, v${version}, ${formatNumber(item.members)} members`;
  return (
    <tr>
      <th scope="row">
        {conflicts && (
          <Tooltip label={`In the same exclusive group, ${item.exclusiveGroup}`}>
            <span className={styles.conflict}>
              <FindingIcon severity="warning" size={12} />
              <VisuallyHidden>in the same exclusive group</VisuallyHidden>
            </span>
          </Tooltip>
        )}
        <TextLink href={`/segments/${key}`} title={known}>
          {name}
        </TextLink>
      </th>
      <td>
        <ShareBar share={members === 0 ? 0 : both / members} tone={conflicts ? "warning" : "grey"} />
      </td>
      <td>{formatShare(members === 0 ? null : Math.min(1, both / members))}</td>
      <td>{formatNumber(both)}</td>
      <td className={styles.dim}>{jaccard === null ? "" : jaccard.toFixed(2)}</td>
    </tr>
  );
}
