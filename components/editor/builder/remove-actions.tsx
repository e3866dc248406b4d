"use client";

import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { MouseEvent } from "react";
import type { ActionProps } from "react-querybuilder";
import styles from "./builder.module.css";
import { conditionName } from "./place";
import { RowCounts } from "./row-counts";

/** The end of a row: what the condition keeps alone, who lacks the attribute, and the way to be rid of it. */
export function RemoveCondition({ handleOnClick, path, disabled }: ActionProps) {
  return (
    <span className={styles.end}>
      <RowCounts path={path} />
      {disabled ? (
        <span />
      ) : (
        <RemoveButton label={`Remove ${conditionName(path)}`} onClick={handleOnClick} selector="[data-rule-id]" />
      )}
    </span>
  );
}

export function RemoveGroup({ handleOnClick, path, disabled }: ActionProps) {
  const label = `Remove group ${path.map((step) => step + 1).join(".")}`;
  return (
    <span className={styles.groupEnd}>
      {!disabled && <RemoveButton label={label} onClick={handleOnClick} selector="[data-rule-group-id]" />}
    </span>
  );
}

type RemoveButtonProps = {
  readonly label: string;
  readonly onClick: ActionProps["handleOnClick"];
  /** What is removed: the focus goes to the one beside it. */
  readonly selector: string;
};

function RemoveButton({ label, onClick, selector }: RemoveButtonProps) {
  function remove(event: MouseEvent<HTMLButtonElement>): void {
    const row = event.currentTarget.closest(selector);
    const heir = row?.nextElementSibling ?? row?.previousElementSibling ?? row?.parentElement?.previousElementSibling;
    onClick(event);
    requestAnimationFrame(() => heir?.querySelector<HTMLElement>("input:not([type=hidden])")?.focus());
  }
  return (
    <ActionIcon size={24} aria-label={label} onClick={remove}>
      <IconX size={14} stroke={1.6} />
    </ActionIcon>
  );
}
