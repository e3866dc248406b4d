import type { Plan } from "@/lib/releases/plan-contract";
import { Instant, TimeAgo } from "./instant";
import { formatDuration, minuteMs } from "./instant-format";
import { Mono } from "./mono";
import { formatNumber } from "./number-format";
import styles from "./rollout-line.module.css";
import { StateGlyph } from "./state-glyph";

/** The steps of a rollout one below the other: what was taken when, what comes next, what after that. */
export function RolloutLine({ plan }: { readonly plan: Plan }) {
  const rows = plan.steps.map((step, index) => ({ step, index }));
  return (
    <ol className={styles.line}>
      {rows.map(({ step, index }) => (
        <li key={step.percent} className={styles.step} data-taken={index < plan.taken || undefined}>
          <StateGlyph state={index < plan.taken ? "canary" : "never"} share={step.percent / 100} label="" />
          <b className={styles.share}>{formatNumber(step.percent, { unit: "%" })}</b>
          <span className={styles.when}>
            <StepWords plan={plan} index={index} />
          </span>
        </li>
      ))}
    </ol>
  );
}

function StepWords({ plan, index }: { readonly plan: Plan; readonly index: number }) {
  const { steps, taken, state, nextAt } = plan;
  const step = steps[index];
  if (step?.takenAt) {
    return (
      <>
        <Instant at={step.takenAt} format="full" /> · <Mono dim>r{step.revision}</Mono>
      </>
    );
  }
  if (state === "cancelled") return <>not taken</>;
  if (index === taken && state === "held") return <>held</>;
  if (index === taken && nextAt) {
    return (
      <>
        next, <TimeAgo at={nextAt} />
      </>
    );
  }
  return <>{formatDuration((steps[index - 1]?.holdMinutes ?? 0) * minuteMs)} later</>;
}
