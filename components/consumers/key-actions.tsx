"use client";

import { ActionIcon, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Mono } from "@/components/ui/mono";
import type { ConsumerKeyItem } from "@/lib/feed/contract";
import { revokeKey } from "@/lib/feed/mutations";
import { RotateKeyDialog } from "./rotate-key-dialog";

type KeyActionsProps = {
  readonly apiKey: ConsumerKeyItem;
  readonly consumerName: string;
};

/** A key is rotated once: after that the one in its place is. */
export function KeyActions({ apiKey, consumerName }: KeyActionsProps) {
  const [dialog, setDialog] = useState<"rotate" | "revoke" | null>(null);
  const revoke = useMutation(revokeKey);
  const close = () => setDialog(null);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={`Actions for the key ${apiKey.hint}… of ${consumerName}`}>
            <IconDots size={16} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {apiKey.expiresAt === null && <Menu.Item onClick={() => setDialog("rotate")}>Rotate…</Menu.Item>}
          <Menu.Item color="red" onClick={() => setDialog("revoke")}>
            Revoke…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <RotateKeyDialog opened={dialog === "rotate"} onClose={close} apiKey={apiKey} consumerName={consumerName} />
      <ConfirmDialog
        opened={dialog === "revoke"}
        onClose={close}
        title={`Revoke this key of ${consumerName}?`}
        confirm="Revoke it"
        destructive
        pending={revoke.isPending}
        error={revoke.error}
        onConfirm={() => revoke.mutate({ id: apiKey.id }, { onSuccess: close })}
      >
        Within 5 seconds whoever pulls with <Mono>{apiKey.hint}…</Mono> is refused, and its streams end. It cannot be
        taken back; a new key can be created.
      </ConfirmDialog>
    </>
  );
}
