"use client";

import { ActionIcon, Button, CopyButton as Copy, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";

type CopyButtonProps = {
  readonly value: string;
  /** What is copied, as the accessible name: "Copy the key". */
  readonly label: string;
  /** Shows the label beside the icon. */
  readonly withText?: boolean;
};

export function CopyButton({ value, label, withText }: CopyButtonProps) {
  return (
    <Copy value={value} timeout={1_500}>
      {({ copied, copy }) => {
        const icon = copied ? <IconCheck size={16} stroke={1.6} /> : <IconCopy size={16} stroke={1.6} />;
        if (withText) {
          return (
            <Button leftSection={icon} onClick={copy}>
              {copied ? "Copied" : label}
            </Button>
          );
        }
        return (
          <Tooltip label={copied ? "Copied" : label}>
            <ActionIcon aria-label={label} size={24} onClick={copy}>
              {icon}
            </ActionIcon>
          </Tooltip>
        );
      }}
    </Copy>
  );
}
