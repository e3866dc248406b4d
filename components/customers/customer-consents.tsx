"use client";

import { useQuery } from "@tanstack/react-query";
import { Section } from "@/components/ui/section";
import { type GlyphState, StateGlyph } from "@/components/ui/state-glyph";
import { purposeListQuery } from "@/lib/catalogue/queries";
import type { CustomerLookup } from "@/lib/customers/contract";
import styles from "./customers.module.css";

type Consent = CustomerLookup["customer"]["consents"][number];

/** What the customer said to each use of their data; silence says no only where the use rests on consent. */
export function CustomerConsents({ consents }: { readonly consents: readonly Consent[] }) {
  const purposes = useQuery(purposeListQuery()).data?.items ?? [];
  const asking = new Set(purposes.filter(({ lawfulBasis }) => lawfulBasis === "consent").map(({ key }) => key));
  return (
    <Section title="Consent">
      {consents.map(({ purpose, name, state }) => (
        <div key={purpose} className={styles.consent}>
          <StateGlyph state={glyphs[state]} label="" />
          <span>{name}</span>
          <span className={styles.end}>
            {state === "none" ? (asking.has(purpose) ? "not granted" : "no objection") : state}
          </span>
        </div>
      ))}
    </Section>
  );
}

const glyphs = { granted: "passed", objected: "attention", none: "never" } as const satisfies Record<
  Consent["state"],
  GlyphState
>;
