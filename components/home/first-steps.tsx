"use client";

import { useQuery } from "@tanstack/react-query";
import { useCan } from "@/components/layout/viewer";
import { TextLink } from "@/components/ui/link-button";
import { StateGlyph } from "@/components/ui/state-glyph";
import { attributeListQuery, purposeListQuery, regionListQuery } from "@/lib/catalogue/queries";
import { importListQuery } from "@/lib/customers/queries";
import styles from "./waiting.module.css";

/** What an installation without segments needs first, in the order in which it needs it. */
export function FirstSteps() {
  const canWrite = useCan("segment.write");
  const purposes = useQuery(purposeListQuery()).data?.items.length ?? 0;
  const regions = useQuery(regionListQuery()).data?.items.length ?? 0;
  const attributes = useQuery(attributeListQuery()).data?.items.length ?? 0;
  const imports = useQuery(importListQuery()).data?.items.length ?? 0;
  const steps = [
    { done: regions > 0, href: "/settings/regions", name: "Add the regions your customers live in" },
    { done: purposes > 0, href: "/settings/purposes", name: "Add the purposes their data may be used for" },
    { done: imports > 0 || attributes > 0, href: "/settings/imports/new", name: "Import customers" },
    ...(canWrite ? [{ done: false, href: "/segments/new", name: "Draft the first segment" }] : []),
  ];
  return (
    <ol className={styles.steps} aria-label="First steps">
      {steps.map((step) => (
        <li key={step.href} className={styles.step}>
          <StateGlyph state={step.done ? "passed" : "draft"} label={step.done ? "done" : "to do"} />
          <TextLink href={step.href}>{step.name}</TextLink>
        </li>
      ))}
    </ol>
  );
}
