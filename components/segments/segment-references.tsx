import { TextLink } from "@/components/ui/link-button";
import { Mono } from "@/components/ui/mono";
import { Section } from "@/components/ui/section";
import type { SegmentOverview } from "@/lib/releases/overview-contract";
import type { NamedReference } from "@/lib/segments/contract";
import styles from "./segments.module.css";

/** What the rule stands on, and what stands on it; nothing where there is neither. */
export function SegmentReferences({ overview }: { readonly overview: SegmentOverview }) {
  const { references, referredToBy } = overview;
  return (
    <>
      {references.length > 0 && (
        <Section title="Refers to" variant="panel" count={references.length}>
          <ul className={styles.list}>
            {references.map((reference) => (
              <li key={`${reference.kind} ${reference.key}`} className={styles.reference}>
                <TextLink href={`/${reference.kind === "segment" ? "segments" : "lists"}/${reference.key}`} c="inherit">
                  {reference.name}
                </TextLink>
                <span className={styles.dim}>{reference.kind}</span>
                <VersionStoodOn reference={reference} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {referredToBy.length > 0 && (
        <Section title="Referred to by" variant="panel" count={referredToBy.length}>
          <ul className={styles.list}>
            {referredToBy.map(({ key, name }) => (
              <li key={key}>
                <TextLink href={`/segments/${key}`} c="inherit">
                  {name}
                </TextLink>
              </li>
            ))}
          </ul>
          <p className={styles.since}>They follow a change of this one when they are released again.</p>
        </Section>
      )}
    </>
  );
}

function VersionStoodOn({ reference: { pinned, newest } }: { readonly reference: NamedReference }) {
  if (pinned === null && newest === null) return <span className={styles.bad}>not there to refer to</span>;
  if (pinned === null || newest === null || pinned === newest) return <Mono dim>v{pinned ?? newest}</Mono>;
  return (
    <>
      <Mono dim>v{pinned}</Mono>
      <span className={styles.since}>
        <Mono>v{newest}</Mono> is newer; this segment follows when it is released again
      </span>
    </>
  );
}
