"use client";

import { Button, UnstyledButton } from "@mantine/core";
import { type ReactNode, useId } from "react";
import { useEditing } from "../editor-context";
import { type FieldKey, useOpenField } from "../open-field";
import styles from "./fields.module.css";

type FieldRowProps = {
  readonly field: FieldKey;
  readonly label: string;
  /** What it says now, in words. */
  readonly children: ReactNode;
  /** The form that Edit opens below; without it the row only tells. */
  readonly form?: ReactNode;
};

/** What the document says of one thing, and the form for it under the same line. */
export function FieldRow({ field, label, children, form }: FieldRowProps) {
  const { readOnly } = useEditing();
  const { openField, setOpenField } = useOpenField();
  const opened = openField === field && form !== undefined && !readOnly;
  const id = useId();
  return (
    <div className={styles.row} data-field={field} data-open={opened || undefined}>
      <dt className={styles.label} id={id}>
        {label}
      </dt>
      <dd className={styles.value}>{children}</dd>
      {form !== undefined && !readOnly && (
        <dd className={styles.action}>
          <UnstyledButton
            className={styles.edit}
            aria-expanded={opened}
            aria-label={`${opened ? "Close" : "Edit"} ${label}`}
            onClick={() => setOpenField(opened ? null : field)}
          >
            {opened ? "Close" : "Edit"}
          </UnstyledButton>
        </dd>
      )}
      {opened && (
        <dd className={styles.formCell}>
          <fieldset
            className={styles.form}
            aria-labelledby={id}
            onKeyDown={(event) => event.key === "Escape" && !event.defaultPrevented && setOpenField(null)}
          >
            {form}
            <div className={styles.done}>
              <Button size="xs" onClick={() => setOpenField(null)}>
                Done
              </Button>
            </div>
          </fieldset>
        </dd>
      )}
    </div>
  );
}
