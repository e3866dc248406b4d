import { Mono } from "@/components/ui/mono";
import { Section } from "@/components/ui/section";
import type { CustomerLookup } from "@/lib/customers/contract";
import styles from "./customers.module.css";

export function CustomerTreatments({ treatments }: { readonly treatments: CustomerLookup["treatments"] }) {
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
    </Section>
  );
}
