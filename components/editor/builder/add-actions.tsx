"use client";

import { UnstyledButton } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import type { ActionProps } from "react-querybuilder";
import styles from "./builder.module.css";

type AddProps = Pick<ActionProps, "handleOnClick" | "disabled">;

export function AddCondition({ handleOnClick, disabled }: AddProps) {
  return <AddButton label="Condition" onClick={handleOnClick} disabled={disabled} />;
}

export function AddGroup({ handleOnClick, disabled }: AddProps) {
  return <AddButton label="Group" onClick={handleOnClick} disabled={disabled} />;
}

function AddButton(props: { label: string; onClick: ActionProps["handleOnClick"]; disabled: boolean | undefined }) {
  if (props.disabled) return null;
  return (
    <UnstyledButton className={styles.add} onClick={props.onClick}>
      <IconPlus size={14} stroke={1.6} aria-hidden />
      {props.label}
    </UnstyledButton>
  );
}
