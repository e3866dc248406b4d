"use client";

import { SegmentedControl, Stack } from "@mantine/core";
import { CloneChoice } from "./clone-choice";
import { IdsChoice } from "./ids-choice";
import type { GivenIds } from "./start";
import styles from "./start.module.css";
import { type StartKind, startKinds, useStartAddress } from "./start-address";
import { TemplateChoice } from "./template-choice";

const names = {
  blank: "Nothing",
  template: "A template",
  clone: "Another segment",
  ids: "A list of ids",
} as const satisfies Record<StartKind, string>;
const choices = startKinds.map((value) => ({ value, label: names[value] }));

/** What the rule begins with. */
export function StartChoice({ onIds }: { readonly onIds: (ids: GivenIds | null) => void }) {
  const [{ from }, setAddress] = useStartAddress();
  return (
    <Stack gap="sm">
      <div>
        <div className={styles.label}>Start from</div>
        <SegmentedControl
          aria-label="Start from"
          data={choices}
          value={from}
          onChange={(next) => void setAddress({ from: next, template: null, segment: null })}
        />
      </div>
      {from === "template" && <TemplateChoice />}
      {from === "clone" && <CloneChoice />}
      {from === "ids" && <IdsChoice onIds={onIds} />}
    </Stack>
  );
}
