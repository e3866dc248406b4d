import { TextLink } from "@/components/ui/link-button";
import { KeyText, Mono } from "@/components/ui/mono";
import { Section } from "@/components/ui/section";
import type { ManagedList } from "@/lib/lists/contract";
import styles from "./lists.module.css";

/** The segments that refer to it, and which version each environment serves as a part of them. */
export function ListUse({ managed: { list, segments } }: { readonly managed: ManagedList }) {
  return (
    <Section title="Used by" variant="panel" count={segments.length}>
      {segments.length === 0 ? (
        <p className={styles.dim}>
          No segment refers to it. In a rule, add a condition on a list and choose {list.name}.
        </p>
      ) : (
        <>
          <ul className={styles.rows}>
            {segments.map((segment) => (
              <li key={segment.key}>
                <TextLink href={`/segments/${segment.key}`} c="inherit">
                  {segment.name}
                </TextLink>
                <div>
                  <KeyText>{segment.key}</KeyText>
                </div>
                {segment.serves.map(({ environment, listVersion }) => (
                  <div key={environment} className={styles.serves}>
                    {environment} serves <Mono>v{listVersion}</Mono>
                    {listVersion < list.version && `, ${list.version - listVersion} behind`}
                  </div>
                ))}
                {segment.serves.length === 0 && <div className={styles.serves}>not released with it yet</div>}
              </li>
            ))}
          </ul>
          <p className={styles.note}>
            A segment keeps the version that it was released with. It follows an upload when it is released again.
          </p>
        </>
      )}
    </Section>
  );
}
