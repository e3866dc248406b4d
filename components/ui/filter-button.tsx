"use client";

import { Popover, UnstyledButton } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import styles from "./filter-button.module.css";

type FilterButtonProps = {
  readonly label: string;
  /** What it is set to, in words ("EU, UK"); null when it is off. */
  readonly value: string | null;
  readonly onClear: () => void;
  /** What the popover holds; `close` for choices that are done at one press. */
  readonly children: (close: () => void) => ReactNode;
  readonly width?: number;
};

/** Dashed while off, solid with its value once set. */
export function FilterButton({ label, value, onClear, children, width = 260 }: FilterButtonProps) {
  const [opened, setOpened] = useState(false);
  const close = () => setOpened(false);
  return (
    <Popover opened={opened} onChange={setOpened} width={width} position="bottom-start" trapFocus>
      <span className={styles.filter} data-set={value !== null || undefined}>
        <Popover.Target>
          <UnstyledButton className={styles.open} onClick={() => setOpened(!opened)}>
            {value === null && <IconPlus size={14} stroke={1.6} aria-hidden />}
            {label}
            {value !== null && <b className={styles.value}>{value}</b>}
          </UnstyledButton>
        </Popover.Target>
        {value !== null && (
          <UnstyledButton className={styles.clear} aria-label={`Clear ${label}`} onClick={onClear}>
            <IconX size={13} stroke={1.6} aria-hidden />
          </UnstyledButton>
        )}
      </span>
      <Popover.Dropdown p="sm">{children(close)}</Popover.Dropdown>
    </Popover>
  );
}
