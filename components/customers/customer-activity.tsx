"use client";

import { useQuery } from "@tanstack/react-query";
import { ErrorState } from "@/components/ui/error-state";
import { Instant } from "@/components/ui/instant";
import { Section } from "@/components/ui/section";
import type { CustomerActivity as Activity } from "@/lib/customers/contract";
import { customerActivityQuery } from "@/lib/customers/queries";
import { CustomerIdentities } from "./customer-identities";
import styles from "./customers.module.css";
import { useAccess } from "./use-access";

/** What names the customer beside the id, what they said, and what they did last; as it is known now. */
export function CustomerActivity({ id }: { readonly id: string }) {
  const { access } = useAccess();
  const activity = useQuery(customerActivityQuery(id, access));
  if (activity.isError) return <ErrorState error={activity.error} onRetry={() => activity.refetch()} />;
  if (!activity.data) return null;
  const { identities, consents, events } = activity.data;
  return (
    <>
      <CustomerIdentities id={id} identities={identities} />
      <Section title="What the customer said" count={consents.length}>
        {consents.length === 0 && <span className={styles.because}>No statement is kept.</span>}
        {consents.map((statement) => (
          <Statement key={`${statement.purpose} ${statement.at} ${statement.state}`} statement={statement} />
        ))}
      </Section>
      <Section title="Latest events" count={events.length}>
        {events.length === 0 && <span className={styles.because}>None is known.</span>}
        {events.map((event) => (
          <div key={event.id} className={styles.treatment}>
            <span>{event.name}</span>
            <Instant at={event.at} format="full" />
            <small>
              {Object.entries(event.properties)
                .map(([key, value]) => `${key} ${value ?? "covered"}`)
                .join(", ")}
            </small>
          </div>
        ))}
      </Section>
    </>
  );
}

function Statement({ statement }: { readonly statement: Activity["consents"][number] }) {
  return (
    <div className={styles.treatment}>
      <span>
        {statement.name}: {statement.state}
      </span>
      <Instant at={statement.at} format="full" />
      <small>
        from {statement.source}
        {statement.text && `, text ${statement.text}`}
      </small>
    </div>
  );
}
