import { Initials } from "@/components/ui/initials";
import { TimeAgo } from "@/components/ui/instant";
import { HashText } from "@/components/ui/mono";
import { Section } from "@/components/ui/section";
import type { Review, Verdict } from "@/lib/versions/contract";
import styles from "./review.module.css";

const did = {
  approve: "approved",
  request_changes: "asked for changes on",
  reject: "rejected",
} as const satisfies Record<Verdict["verdict"], string>;

/** The author's note, then every verdict with what was said, oldest first. */
export function Conversation({ review }: { readonly review: Review }) {
  const { version, approvals } = review;
  const verdicts = [...approvals.verdicts].sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
  return (
    <Section title="Conversation">
      <article className={styles.talk}>
        <Initials name={version.author.name} />
        <div>
          <p>
            <b>{version.author.name}</b>{" "}
            <span className={styles.because}>{version.submittedAt ? "submitted" : "opened"} </span>
            <span className={styles.because}>
              <TimeAgo at={version.submittedAt ?? version.createdAt} />
            </span>
          </p>
          <p>{version.note || "No note was given."}</p>
        </div>
      </article>
      {verdicts.map((verdict) => (
        <article key={verdict.id} className={styles.talk}>
          <Initials name={verdict.person.name} />
          <div>
            <p>
              <b>{verdict.person.name}</b> <span className={styles.because}>{did[verdict.verdict]} </span>
              <HashText hash={verdict.contentHash} />{" "}
              <span className={styles.because}>
                <TimeAgo at={verdict.createdAt} />
                {verdict.whyNot ? `, ${verdict.whyNot}` : ""}
              </span>
            </p>
            {verdict.comment && <p>{verdict.comment}</p>}
          </div>
        </article>
      ))}
    </Section>
  );
}
