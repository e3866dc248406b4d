"use client";

import { ActionIcon, Button, Checkbox, Select } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { NumberField } from "@/components/ui/number-field";
import { approvingRoles } from "@/lib/access/permissions";
import styles from "./policies.module.css";
import type { PolicyForm, PolicyValues } from "./policy-form";

type AskInput = PolicyValues["asks"][number];

/** Whose approvals a policy asks for. */
export function AskFields({ form }: { readonly form: PolicyForm }) {
  const { asks } = form.values;
  const change = (next: AskInput[]) => form.setFieldValue("asks", next);
  return (
    <fieldset className={styles.fieldset}>
      <legend>It asks for</legend>
      {asks
        .map((ask, index) => ({ ask, index, number: index + 1 }))
        .map(({ ask, index, number }) => (
          <div key={number} className={styles.asked}>
            <Select
              aria-label={`Role ${number}`}
              data={[...approvingRoles]}
              allowDeselect={false}
              value={ask.role}
              onChange={(role) => role && change(asks.with(index, { ...ask, role }))}
            />
            <NumberField
              aria-label={`How many of role ${number}`}
              min={1}
              max={10}
              allowDecimal={false}
              allowNegative={false}
              value={ask.count || undefined}
              onChange={(count) => change(asks.with(index, { ...ask, count: count ?? 0 }))}
              error={form.errors[`asks.${index}.count`] !== undefined}
            />
            <Checkbox
              label="of the owning team"
              checked={ask.ownerTeam ?? false}
              onChange={(event) =>
                change(asks.with(index, { ...ask, ownerTeam: event.currentTarget.checked || undefined }))
              }
            />
            <ActionIcon
              size={24}
              aria-label={`Remove ask ${number}`}
              disabled={asks.length === 1}
              onClick={() => change(asks.toSpliced(index, 1))}
            >
              <IconX size={14} stroke={1.6} />
            </ActionIcon>
          </div>
        ))}
      <div>
        <Button size="xs" onClick={() => change([...asks, { role: "privacy", count: 1 }])}>
          And somebody else
        </Button>
      </div>
    </fieldset>
  );
}
