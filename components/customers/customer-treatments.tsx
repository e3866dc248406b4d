import { Mono } from "@/components/ui/mono";
import { Section } from "@/components/ui/section";
import type { CustomerLookup } from "@/lib/customers/contract";
import styles from "./customers.module.css";

type CustomerTreatmentsProps = Pick<CustomerLookup, "treatments" | "conflicts">;

/** What wins, and over what; and where more segments claim the customer than may. */
export function CustomerTreatments({ treatments, conflicts }: CustomerTreatmentsProps) {
  return (
    <Section title="Treatments after precedence" count={treatments.length}>
      {treatments.length === 0 && <span className={styles.because}>No segment does anything for this customer.</span>}
      {treatments.map((treatment) => (
        <div key={treatment.name} className={styles.treatment}>
          <Mono dim>{treatment.name}</Mono>
          <Mono>{String(treatment.value)}</Mono>
          <small>
            from {treatment.from.name}
            {treatment.over.length > 0 && `, over ${treatment.over.map((each) => each.name).join(", ")}`}
          </small>
        </div>
      ))}
      {conflicts.map(({ group, segments }) => (
        <p key={group} className={styles.because}>
          Only one segment of “{group}” may claim a customer; {segments.map(({ name }) => name).join(" wins over ")}.
        </p>
      ))}
    </Section>
  );
}
