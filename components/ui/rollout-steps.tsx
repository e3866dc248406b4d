"use client";

import { ActionIcon, Button, Group, NumberInput, Select } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import styles from "./rollout-steps.module.css";

type Step = { readonly percent: number | string; readonly holdMinutes: number | string };
/** `path` as "2.percent"; empty for all steps together. */
export type StepIssue = { readonly path: string; readonly message: string };

type RolloutStepsProps = {
  readonly steps: readonly Step[];
  readonly onChange: (steps: readonly Step[]) => void;
  readonly issues: readonly StepIssue[];
};

const most = 12;
const waits = [
  { value: "15", label: "15 minutes" },
  { value: "60", label: "1 hour" },
  { value: "240", label: "4 hours" },
  { value: "1440", label: "1 day" },
  { value: "4320", label: "3 days" },
  { value: "10080", label: "1 week" },
];

/** Shares that rise, each with how long it is held before the next. */
export function RolloutSteps({ steps, onChange, issues }: RolloutStepsProps) {
  const issueOf = (path: string) => issues.find((issue) => issue.path === path)?.message;
  const put = (index: number, step: Partial<Step>) =>
    onChange(steps.map((each, at) => (at === index ? { ...each, ...step } : each)));
  const rows = steps.map((step, index) => ({ step, index }));
  return (
    <div>
      <ol className={styles.steps} aria-label="Steps">
        {rows.map(({ step, index }) => (
          <li key={index} className={styles.step}>
            <NumberInput
              aria-label={`Share of step ${index + 1}`}
              suffix=" %"
              min={0.01}
              max={100}
              decimalScale={2}
              value={step.percent}
              onChange={(percent) => put(index, { percent })}
              error={issueOf(`${index}.percent`)}
            />
            {index === steps.length - 1 ? (
              <span className={styles.stays}>and it stays there</span>
            ) : (
              <Select
                aria-label={`Hold step ${index + 1} for`}
                allowDeselect={false}
                value={String(step.holdMinutes)}
                onChange={(minutes) => put(index, { holdMinutes: Number(minutes) })}
                data={waits}
                error={issueOf(`${index}.holdMinutes`)}
              />
            )}
            <ActionIcon
              aria-label={`Remove step ${index + 1}`}
              disabled={steps.length <= 2}
              onClick={() => onChange(steps.filter((_, at) => at !== index))}
            >
              <IconTrash size={16} stroke={1.6} />
            </ActionIcon>
          </li>
        ))}
      </ol>
      <Group justify="space-between">
        <Button
          size="xs"
          disabled={steps.length >= most}
          onClick={() => onChange([...steps.slice(0, -1), { percent: "", holdMinutes: 60 }, ...steps.slice(-1)])}
        >
          Add a step
        </Button>
        <span className={styles.hint}>{issueOf("") ?? "A new finding holds it by itself."}</span>
      </Group>
    </div>
  );
}
