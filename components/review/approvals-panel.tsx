import { useViewer } from "@/components/layout/viewer";
import { Mono } from "@/components/ui/mono";
import { Section } from "@/components/ui/section";
import { StateGlyph } from "@/components/ui/state-glyph";
import { Tag } from "@/components/ui/tag";
import type { Approvals, Review } from "@/lib/versions/contract";
import styles from "./review.module.css";

type Ask = Approvals["required"][number];

/** Who must still approve and which policy asks; who cannot be counted and why. */
export function ApprovalsPanel({ review }: { readonly review: Review }) {
  const { required, notCounted, verdicts } = review.approvals;
  const viewer = useViewer();
  const given = required.reduce((sum, each) => sum + Math.min(each.given, each.count), 0);
  const asked = required.reduce((sum, each) => sum + each.count, 0);
  const ownerTeam = review.version.document.owner?.team;
  const mayFill = (ask: Ask) =>
    ask.given < ask.count &&
    review.possible.verdict.allowed &&
    viewer.roles.includes(ask.role) &&
    (!ask.ownerTeam || viewer.team === ownerTeam);
  return (
    <Section title="Approvals" variant="panel" count={`${given} of ${asked}`}>
      {required.length === 0 && <p className={styles.panelText}>No policy asks for an approval of this change.</p>}
      {required.map((each) => (
        <div key={`${each.role} ${each.ownerTeam}`} className={styles.approval}>
          <StateGlyph state={each.given >= each.count ? "passed" : "draft"} label="" />
          <div>
            <div>
              {each.given} of {each.count} from {askedInWords(each)} {mayFill(each) && <Tag tone="new">you can</Tag>}
            </div>
            <div className={styles.because}>{each.because.join(", ")}</div>
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
              <div className={styles.because}>
                {verdict.counts ? "approved this content" : `void: ${verdict.whyNot}`}
              </div>
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

function askedInWords({ role, count, ownerTeam }: Ask): string {
  const who =
    role === "privacy" ? (count === 1 ? "privacy" : "people of privacy") : count === 1 ? `a ${role}` : `${role}s`;
  const said = role === "operator" && count === 1 ? "an operator" : who;
  return ownerTeam ? `${said} of the owning team` : said;
}

/** What an approval given now stands on, and what of that has changed since the evidence was taken. */
export function WhatVoids({ review }: { readonly review: Review }) {
  const { references, drift, version } = review;
  return (
    <Section title="What voids an approval" variant="panel">
      {drift.length > 0 && (
        <>
          <p className={styles.panelText}>Since the evidence was taken:</p>
          <ul className={styles.drift}>
            {drift.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      )}
      <p className={styles.panelText}>
        An edit: a verdict belongs to this content and cycle {version.reviewCycle}. Another meaning or label of an
        attribute that the rule names, and an impact that grows past a policy's threshold.{" "}
        {references.length > 0 && (
          <>
            A newer version of{" "}
            {references.map(({ key }, index) => (
              <span key={key}>
                {index > 0 && ", "}
                <Mono>{key}</Mono>
              </span>
            ))}
            .
          </>
        )}
      </p>
    </Section>
  );
}
