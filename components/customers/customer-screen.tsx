"use client";

import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { CopyButton } from "@/components/ui/copy-button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Instant } from "@/components/ui/instant";
import { TextLink } from "@/components/ui/link-button";
import { Mono } from "@/components/ui/mono";
import { Section } from "@/components/ui/section";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import type { CustomerLookup } from "@/lib/customers/contract";
import { customerLookupQuery } from "@/lib/customers/queries";
import { AccessNote } from "./access-dialog";
import { CustomerActivity } from "./customer-activity";
import { CustomerConsumers } from "./customer-consumers";
import { CustomerMerges } from "./customer-merges";
import { CustomerProfile } from "./customer-profile";
import { CustomerTreatments } from "./customer-treatments";
import styles from "./customers.module.css";
import { MembershipLine } from "./membership-line";
import { ReasonEntry } from "./reason-entry";
import { ScoreOverrides } from "./score-overrides";
import { ticketSummary } from "./ticket-summary";
import { useAccess } from "./use-access";

/** Which segments a customer is in, and why; which they just miss. */
export function CustomerScreen({ id }: { readonly id: string }) {
  const [environment, setEnvironment] = useQueryState("environment", parseAsString.withDefault("production"));
  const [asOf, setAsOf] = useQueryState("asOf");
  const { access } = useAccess();
  const lookup = useQuery({
    ...customerLookupQuery(id, environment, access, asOf),
    // Another instant of the same customer; never another customer below this id.
    placeholderData: (before) => (before?.customer.id === id ? before : undefined),
  });
  return (
    <>
      <div className={styles.bar}>
        <h1 className={styles.id}>
          <Mono>{id}</Mono>
        </h1>
        <SegmentedControl
          aria-label="Environment"
          value={environment}
          onChange={setEnvironment}
          data={[
            { value: "production", label: "Production" },
            { value: "staging", label: "Staging" },
          ]}
        />
        <div className={styles.barEnd}>{lookup.data && <LookupBar lookup={lookup.data} />}</div>
      </div>
      {lookup.isPending && <TableSkeleton rows={10} rowHeight={36} />}
      {lookup.isError && <ErrorState error={lookup.error} onRetry={() => lookup.refetch()} />}
      {lookup.data && (
        <>
          <MembershipLine lookup={lookup.data} asOf={asOf} onAsOf={setAsOf} />
          <LookupColumns lookup={lookup.data} />
        </>
      )}
    </>
  );
}

function LookupBar({ lookup }: { readonly lookup: CustomerLookup }) {
  return (
    <>
      <span>
        as of <Instant at={lookup.asOf} format="full" /> <Mono>r{lookup.revision}</Mono>
      </span>
      <AccessNote masked={lookup.customer.masked} />
      <CopyButton value={ticketSummary(lookup)} label="Copy summary for a ticket" withText />
    </>
  );
}

function LookupColumns({ lookup }: { readonly lookup: CustomerLookup }) {
  return (
    <div className={styles.grid}>
      <div className={styles.column}>
        <CustomerProfile customer={lookup.customer} />
        <ScoreOverrides customerId={lookup.customer.id} />
      </div>
      <div className={styles.column}>
        <Section title="Segments" count={lookup.segments.length}>
          {lookup.segments.length === 0 ? (
            <EmptyState title={`In no segment of ${lookup.environment}`}>
              Below is what they just miss; other segments fail by more than one condition.
            </EmptyState>
          ) : (
            <div className={styles.rows}>
              {lookup.segments.map((segment, index) => (
                <ReasonEntry
                  key={segment.key}
                  segment={segment}
                  glyph="passed"
                  because={segment.reason.summary}
                  end={segment.since && <Instant at={segment.since} format="day" />}
                  reason={segment.reason}
                  open={index === 0}
                />
              ))}
            </div>
          )}
        </Section>
        <Section title="Almost, or denied" count={lookup.nearMisses.length}>
          {lookup.nearMisses.length > 0 && (
            <div className={styles.rows}>
              {lookup.nearMisses.map((miss) => (
                <ReasonEntry
                  key={miss.key}
                  segment={miss}
                  glyph={miss.reason.decidedBy === "guard" ? "attention" : "draft"}
                  because={miss.because}
                  end={miss.actual ?? undefined}
                  reason={miss.reason}
                />
              ))}
            </div>
          )}
        </Section>
      </div>
      <div className={styles.column}>
        <CustomerTreatments treatments={lookup.treatments} conflicts={lookup.conflicts} />
        <CustomerConsumers consumers={lookup.consumers} />
        <CustomerActivity id={lookup.customer.id} />
        <CustomerMerges id={lookup.customer.id} environment={lookup.environment} />
        <TextLink href="/customers">Look up another customer</TextLink>
      </div>
    </div>
  );
}
