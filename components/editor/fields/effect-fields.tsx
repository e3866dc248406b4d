"use client";

import { TextInput } from "@mantine/core";
import { Fragment } from "react";
import { formatDay } from "@/components/ui/instant-format";
import { Mono } from "@/components/ui/mono";
import { NumberField } from "@/components/ui/number-field";
import { formatCount, formatNumber } from "@/components/ui/number-format";
import { Section } from "@/components/ui/section";
import { UtcPicker } from "@/components/ui/utc-picker";
import { keyPattern } from "@/lib/catalogue/definition";
import { useEditing, useSet } from "../editor-context";
import { FieldRow } from "./field-row";
import styles from "./fields.module.css";
import { TreatmentsForm } from "./treatments-form";

/** What runtime systems do with a member, for how long, and against whom. */
export function EffectFields() {
  return (
    <Section title="What it does">
      <dl>
        <Treatments />
        <Lifecycle />
        <Precedence />
      </dl>
    </Section>
  );
}

function Treatments() {
  const { document } = useEditing();
  const set = useSet();
  const treatments = Object.entries(document.treatments);
  return (
    <FieldRow
      field="treatments"
      label="Treatments"
      form={<TreatmentsForm treatments={document.treatments} onTreatments={(next) => set({ treatments: next })} />}
    >
      {treatments.length === 0 && <span className={styles.dim}>none; members are told apart, nothing more</span>}
      {treatments.map(([key, value], index) => (
        <Fragment key={key}>
          {index > 0 && ", "}
          <Mono>
            {key} = {String(value)}
          </Mono>
        </Fragment>
      ))}
    </FieldRow>
  );
}

function Lifecycle() {
  const { lifecycle } = useEditing().document;
  const set = useSet();
  const { reviewEveryDays, expiresAt } = lifecycle;
  const form = (
    <div className={styles.pair}>
      <NumberField
        label="Review every"
        suffix={reviewEveryDays === 1 ? " day" : " days"}
        min={1}
        max={1_825}
        allowDecimal={false}
        value={reviewEveryDays}
        onChange={(days) =>
          days !== undefined &&
          days >= 1 &&
          set({ lifecycle: { ...lifecycle, reviewEveryDays: Math.min(1_825, days) } }, "lifecycle")
        }
      />
      <UtcPicker
        label="Expires"
        placeholder="Never"
        clearable
        value={expiresAt}
        onChange={(instant) => set({ lifecycle: { reviewEveryDays, ...(instant ? { expiresAt: instant } : {}) } })}
      />
    </div>
  );
  return (
    <FieldRow field="lifecycle" label="Review" form={form}>
      every {formatCount(reviewEveryDays, "day")};{" "}
      {expiresAt ? `expires on ${formatDay(expiresAt)}` : "does not expire"}
    </FieldRow>
  );
}

function Precedence() {
  const { document } = useEditing();
  const set = useSet();
  const { precedence, exclusiveGroup } = document;
  const form = (
    <div className={styles.pair}>
      <NumberField
        label="Precedence"
        description="Higher wins where segments disagree."
        allowDecimal={false}
        min={-1_000_000}
        max={1_000_000}
        value={precedence}
        onChange={(value) => value !== undefined && set({ precedence: value }, "precedence")}
      />
      <TextInput
        label="Exclusive group"
        description="At most one segment of a group has a customer."
        placeholder="none"
        value={exclusiveGroup ?? ""}
        onChange={(event) => set({ exclusiveGroup: event.currentTarget.value || undefined }, "exclusiveGroup")}
        error={
          exclusiveGroup && !keyPattern.test(exclusiveGroup) ? "Small letters, digits, _ and -, a letter first." : false
        }
      />
    </div>
  );
  return (
    <FieldRow field="precedence" label="Precedence" form={form}>
      {formatNumber(precedence)}
      {exclusiveGroup ? (
        <>
          {" "}
          in the exclusive group <b>{exclusiveGroup}</b>
        </>
      ) : (
        <span className={styles.dim}>, in no exclusive group</span>
      )}
    </FieldRow>
  );
}
