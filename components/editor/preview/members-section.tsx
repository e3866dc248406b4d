import { Button, Skeleton } from "@mantine/core";
import { FindingIcon } from "@/components/ui/finding-list";
import { formatTimeWithSeconds } from "@/components/ui/instant-format";
import { formatNumber, formatShareOf } from "@/components/ui/number-format";
import { isApiProblem } from "@/lib/http/fetch-json";
import type { LivePreview } from "../use-preview";
import styles from "./preview.module.css";

/** How many, against whom, and how fresh. */
export function MembersSection({ live }: { readonly live: LivePreview }) {
  const { preview, stale } = live;
  return (
    <section className={styles.members} aria-label="Members" aria-busy={stale}>
      <div>
        <div className={styles.membersTitle}>Members</div>
        {preview || live.error || live.uncountable ? (
          <output className={styles.big} data-stale={stale || undefined}>
            {formatNumber(preview?.members)}
          </output>
        ) : (
          <Skeleton height={30} width={120} mt={6} />
        )}
      </div>
      {preview && (
        <div className={styles.membersAside} data-stale={stale || undefined}>
          {preview.impact ? (
            <div>
              <b>{formatNumber(preview.members - preview.impact.live.members, { signed: true })}</b> against v
              {preview.impact.live.version} live, {formatNumber(preview.impact.live.members)}
            </div>
          ) : (
            <div>nothing live to compare with</div>
          )}
          <div>
            {formatShareOf(preview.members, preview.population)} of {formatNumber(preview.population)} customers
          </div>
          <div>
            {preview.dataOf && <>data of {formatTimeWithSeconds(preview.dataOf)}, </>}counted in{" "}
            {formatNumber(Math.max(1, Math.round(preview.countedInMs)), { unit: "ms" })}
          </div>
        </div>
      )}
      <Trouble live={live} />
    </section>
  );
}

function Trouble({ live }: { readonly live: LivePreview }) {
  if (live.error)
    return (
      <div className={styles.trouble} role="alert">
        <FindingIcon severity="warning" />
        <span>
          Not counted: {isApiProblem(live.error) ? live.error.detail : "something failed on our side."}
          {live.preview && " The numbers are of an earlier rule."}
        </span>
        <Button size="compact-xs" onClick={live.retry}>
          Count again
        </Button>
      </div>
    );
  if (!live.uncountable) return null;
  return (
    <div className={styles.trouble} role="status">
      <FindingIcon severity="blocking" />
      <span>
        The rule cannot be counted yet; see the findings{live.preview ? ". The numbers are of an earlier rule." : "."}
      </span>
    </div>
  );
}
