"use client";

import { MultiSelect, Select, Switch, TagsInput } from "@mantine/core";
import { NumberField } from "@/components/ui/number-field";
import { criticalities } from "@/lib/segments/document";
import type { PolicyConditions } from "@/lib/versions/approval-policy";
import { PercentField } from "./percent-field";
import styles from "./policies.module.css";
import type { PolicyForm } from "./policy-form";
import { usePolicyVocabulary } from "./use-policy-names";

/** When a policy applies: all that is filled in must hold, and a list holds when any of it does. */
export function ConditionFields({ form }: { readonly form: PolicyForm }) {
  const { environments, purposes, numbers, labels } = usePolicyVocabulary();
  const { conditions } = form.values;
  const change = (next: Partial<PolicyConditions>) => form.setFieldValue("conditions", { ...conditions, ...next });
  const money = conditions.moneyMovedAbove;
  return (
    <>
      <div className={styles.pair}>
        <MultiSelect
          label="In"
          description="Everywhere, where none is named."
          data={environments}
          value={conditions.environments ?? []}
          onChange={(chosen) => change({ environments: some(chosen) })}
          error={form.errors["conditions.environments"]}
        />
        <MultiSelect
          label="Criticality"
          description="Of the segment, live or new."
          data={criticalities.map((each) => ({ value: each, label: each }))}
          value={conditions.criticalities ?? []}
          onChange={(chosen) => change({ criticalities: some(chosen) })}
        />
        <TagsInput
          label="Labels"
          description="Of the attributes that the rule names."
          data={labels}
          value={conditions.labels ?? []}
          onChange={(chosen) => change({ labels: some(chosen) })}
        />
        <MultiSelect
          label="Purposes"
          description="That the segment serves."
          data={purposes}
          value={conditions.purposes ?? []}
          onChange={(chosen) => change({ purposes: some(chosen) })}
          error={form.errors["conditions.purposes"]}
        />
        <TagsInput
          label="Treatments"
          description="Added, changed or removed, or given to others."
          value={conditions.treatments ?? []}
          onChange={(chosen) => change({ treatments: some(chosen) })}
          error={form.errors["conditions.treatments"]}
        />
        <div />
        <PercentField
          label="More of its members move than"
          placeholder="However many"
          value={conditions.movedShareAbove}
          onChange={(movedShareAbove) => change({ movedShareAbove })}
        />
        <PercentField
          label="More of all customers move than"
          placeholder="However many"
          value={conditions.populationShareAbove}
          onChange={(populationShareAbove) => change({ populationShareAbove })}
        />
        <Select
          label="More moves of"
          placeholder="No amount"
          clearable
          data={numbers}
          value={money?.attribute ?? null}
          onChange={(attribute) =>
            change({ moneyMovedAbove: attribute === null ? undefined : { attribute, amount: money?.amount ?? 0 } })
          }
          error={form.errors["conditions.moneyMovedAbove.attribute"]}
        />
        {money && (
          <NumberField
            label="than"
            allowNegative={false}
            value={money.amount}
            onChange={(amount) => change({ moneyMovedAbove: { ...money, amount: amount ?? 0 } })}
          />
        )}
      </div>
      <Switch
        label="Only what archives the segment"
        checked={conditions.archive ?? false}
        onChange={(event) => change({ archive: event.currentTarget.checked || undefined })}
      />
    </>
  );
}

/** A condition that names nothing is left out. */
function some<Name>(chosen: Name[]): Name[] | undefined {
  return chosen.length === 0 ? undefined : chosen;
}
