"use client";

import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { keyPattern } from "@/lib/catalogue/definition";
import type { TreatmentValue } from "@/lib/segments/document";
import { parseTreatment } from "@/lib/segments/treatment-value";
import styles from "./fields.module.css";

type TreatmentsFormProps = {
  readonly treatments: Readonly<Record<string, TreatmentValue>>;
  readonly onTreatments: (treatments: Record<string, TreatmentValue>) => void;
};

/** Name and value; a number, true and false are taken as such, everything else as text. */
export function TreatmentsForm({ treatments, onTreatments }: TreatmentsFormProps) {
  const [name, setName] = useState("");
  const [value, setValue] = useState("");
  const wrong = name !== "" && !keyPattern.test(name);
  const taken = name in treatments;
  function add(): void {
    onTreatments({ ...treatments, [name]: parseTreatment(value) });
    setName("");
    setValue("");
  }
  return (
    <>
      {Object.entries(treatments).map(([key, current]) => (
        <div key={key} className={styles.treatmentLine}>
          <TextInput aria-label="Treatment" value={key} readOnly variant="unstyled" ff="monospace" />
          <TextInput
            aria-label={`Value of ${key}`}
            defaultValue={String(current)}
            onBlur={(event) => onTreatments({ ...treatments, [key]: parseTreatment(event.currentTarget.value) })}
          />
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            aria-label={`Remove ${key}`}
            onClick={() =>
              onTreatments(Object.fromEntries(Object.entries(treatments).filter(([each]) => each !== key)))
            }
          >
            Remove
          </Button>
        </div>
      ))}
      <div className={styles.treatmentLine}>
        <TextInput
          aria-label="New treatment"
          placeholder="rate_limit"
          value={name}
          onChange={(event) => setName(event.currentTarget.value.trim())}
          error={wrong ? "Small letters, digits, _ and -." : taken ? "It is there already." : false}
        />
        <TextInput
          aria-label="Value of the new treatment"
          placeholder="250"
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
        <Button size="xs" onClick={add} disabled={name === "" || value === "" || wrong || taken}>
          Add
        </Button>
      </div>
    </>
  );
}
