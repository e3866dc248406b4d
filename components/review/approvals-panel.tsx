import { Section } from "@/components/ui/section";
import { StateGlyph } from "@/components/ui/state-glyph";
import { Tag } from "@/components/ui/tag";
import type { Review } from "@/lib/versions/contract";
import styles from "./review.module.css";

/** Who must still approve and which policy asks; who cannot be counted and why. */
export function ApprovalsPanel({ review }: { readonly review: Review }) {
  const { required, notCounted, verdicts } = review.approvals;
  const given = required.reduce((sum, each) => sum + Math.min(each.given, each.count), 0);
  const asked = required.reduce((sum, each) => sum + each.count, 0);
  return (
    <Section title="Approvals" variant="panel" count={`${given} of ${asked}`}>
      {required.map((each) => (
        <div key={each.role} className={styles.approval}>
          <StateGlyph state={each.given >= each.count ? "passed" : "draft"} label="" />
          <div>
            <div>
              {each.given} of {each.count} from a {each.role}{" "}
              {each.given < each.count && review.possible.verdict.allowed && <Tag tone="new">you can</Tag>}
            </div>
            <div className={styles.because}>{each.because}</div>
          </div>
        </div>
      ))}
      {verdicts
        .filter((verdict) => verdict.verdict === "approve")
        .map((verdict) => (
          <div key={verdict.id} className={styles.approval}>
            <StateGlyph state={verdict.counts ? "approved" : "never"} label="" />
            <div>
              <div>{verdict.person.name}</div>
              <div className={styles.because}>{verdict.counts ? "approved this content" : verdict.whyNot}</div>
            </div>
          </div>
        ))}
      {notCounted.length > 0 && (
        <p className={styles.panelText}>
          Not counted: {notCounted.map((each) => `${each.person.name}, ${each.because}`).join("; ")}.
        </p>
      )}
    </Section>
  );
}
