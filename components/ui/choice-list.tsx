"use client";

import { Checkbox, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import styles from "./choice-list.module.css";

export type Choice = { readonly value: string; readonly label: string; readonly count?: string };

type ChoiceListProps = {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly chosen: readonly string[];
  readonly onChosen: (chosen: string[]) => void;
};

const searchFrom = 8;

/** What a FilterButton of several values opens: check boxes, with a search once there are many. */
export function ChoiceList({ label, choices, chosen, onChosen }: ChoiceListProps) {
  const [search, setSearch] = useState("");
  const wanted = search.trim().toLowerCase();
  const shown = choices.filter((choice) => choice.label.toLowerCase().includes(wanted));
  return (
    <div>
      {choices.length >= searchFrom && (
        <TextInput
          aria-label={`Search ${label}`}
          placeholder="Search"
          leftSection={<IconSearch size={14} stroke={1.6} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          mb="sm"
        />
      )}
      <Checkbox.Group value={[...chosen]} onChange={onChosen} aria-label={label}>
        <div className={styles.list}>
          {shown.map((choice) => (
            <Checkbox
              key={choice.value}
              value={choice.value}
              classNames={{ root: styles.row, body: styles.rowBody, labelWrapper: styles.rowLabel }}
              label={
                <span className={styles.text}>
                  {choice.label}
                  {choice.count !== undefined && <span className={styles.count}>{choice.count}</span>}
                </span>
              }
            />
          ))}
          {shown.length === 0 && <p className={styles.count}>Nothing matches.</p>}
        </div>
      </Checkbox.Group>
    </div>
  );
}
