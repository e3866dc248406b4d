"use client";

import { FindingIcon } from "@/components/ui/finding-list";
import { formatCount } from "@/components/ui/number-format";
import { StateGlyph } from "@/components/ui/state-glyph";
import { asksInWords } from "@/lib/versions/approval-policy";
import type { PolicySimulation } from "@/lib/versions/simulation-contract";
import styles from "./policies.module.css";

type Environment = PolicySimulation["environments"][number];
type Policy = Environment["policies"][number];
type SimulatedEnvironmentsProps = { readonly simulation: PolicySimulation; readonly stale: boolean };

/** What each environment asks for, by which policy, and which conditions hold; the one that counts most comes first. */
export function SimulatedEnvironments({ simulation, stale }: SimulatedEnvironmentsProps) {
  return (
    <div className={stale ? styles.dimmed : undefined} aria-live="polite">
      {simulation.environments.toReversed().map((environment) => (
        <section key={environment.key} className={styles.outcome} aria-label={environment.name}>
          <div className={styles.name}>
            {environment.name} asks for {asksInWords(environment.asks)}
          </div>
          <Asks {...environment} />
          <Policies {...environment} />
        </section>
      ))}
    </div>
  );
}

function Asks({ asks, fillable }: Environment) {
  const short = asks.some(({ people, count }) => people < count);
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
      {!fillable && !short && (
        <div className={styles.ask}>
          <FindingIcon severity="warning" />
          <span>There are too few people for all of it: each fills one place only.</span>
        </div>
      )}
    </>
  );
}

function isElsewhere({ conditions }: Policy): boolean {
  return conditions.some(({ condition, holds }) => condition === "environments" && !holds);
}

/** Those that speak of the environment, one by one; of the others how many there are. */
function Policies({ name, policies }: Environment) {
  const here = policies.filter((policy) => !isElsewhere(policy));
  const elsewhere = policies.length - here.length;
  return (
    <>
      <ul className={styles.checks}>
        {here.map((policy) => (
          <PolicyCheck key={policy.key} policy={policy} />
        ))}
      </ul>
      {elsewhere > 0 && (
        <p className={styles.dim}>
          {formatCount(elsewhere, "policy speaks", "policies speak")} of other environments than {name}.
        </p>
      )}
    </>
  );
}

function PolicyCheck({ policy }: { readonly policy: Policy }) {
  const { name, enabled, applies, conditions } = policy;
  const shown = conditions.filter(({ condition }) => condition !== "environments");
  const said = applies ? "applies" : enabled ? "does not apply" : "is not in force";
  return (
    <li>
      <span className={applies ? undefined : styles.dim}>
        {name} {said}
        {shown.length === 0 && applies && " to everything here"}
      </span>
      {shown.map(({ condition, words, holds }) => (
        <div key={condition} className={styles.check}>
          <StateGlyph state={holds ? "approved" : "never"} label={holds ? "holds:" : "does not hold:"} />
          <span className={holds ? undefined : styles.dim}>{words}</span>
        </div>
      ))}
    </li>
  );
}
