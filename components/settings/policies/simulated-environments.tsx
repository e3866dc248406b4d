"use client";

import { FindingIcon } from "@/components/ui/finding-list";
import { formatCount } from "@/components/ui/number-format";
import { StateGlyph } from "@/components/ui/state-glyph";
import { asksInWords } from "@/lib/versions/approval-policy";
import type { PolicySimulation } from "@/lib/versions/simulation-contract";
import styles from "./policies.module.css";

type Environment = PolicySimulation["environments"][number];
type SimulatedEnvironmentsProps = { readonly simulation: PolicySimulation; readonly stale: boolean };

/** What each environment asks for, by which policy, and which conditions hold. */
export function SimulatedEnvironments({ simulation, stale }: SimulatedEnvironmentsProps) {
  return (
    <div className={stale ? styles.dimmed : undefined} aria-live="polite">
      {simulation.environments.toReversed().map((environment) => (
        <section key={environment.key} className={styles.outcome} aria-label={environment.name}>
          <div className={styles.name}>
            {environment.name} asks for {asksInWords(environment.asks)}
          </div>
          <Asks {...environment} />
          <Conditions {...environment} />
        </section>
      ))}
    </div>
  );
}

function Asks({ asks, fillable }: Environment) {
  return (
    <>
      {asks.map(({ role, count, ownerTeam, because, people }) => (
        <div key={`${role} ${ownerTeam}`} className={styles.ask}>
          {people < count ? <FindingIcon severity="warning" /> : <StateGlyph state="passed" label="" />}
          <span>
            {asksInWords([{ role, count, ownerTeam }])}: {formatCount(people, "person", "people")} could.{" "}
            <span className={styles.dim}>Asked by {because.join(", ")}.</span>
          </span>
        </div>
      ))}
      {!fillable && (
        <div className={styles.ask}>
          <FindingIcon severity="warning" />
          <span>There are too few people for all of it: each fills one place only.</span>
        </div>
      )}
    </>
  );
}

function Conditions({ policies }: Environment) {
  return (
    <ul className={styles.checks}>
      {policies.map(({ key, name, enabled, applies, conditions }) => (
        <li key={key} className={styles.ask}>
          <StateGlyph
            state={applies ? "approved" : "never"}
            label={applies ? "applies" : enabled ? "does not apply" : "not in force"}
          />
          <span className={applies ? undefined : styles.dim}>
            {name}
            {conditions.length > 0 && ": "}
            {conditions.map(({ condition, words, holds }, index) => (
              <span key={condition}>
                {index > 0 && ", "}
                {words} {holds ? "(holds)" : "(does not)"}
              </span>
            ))}
          </span>
        </li>
      ))}
    </ul>
  );
}
