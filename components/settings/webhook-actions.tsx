"use client";

import { Button, Drawer, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Instant } from "@/components/ui/instant";
import type { WebhookItem } from "@/lib/notices/contract";
import { disableWebhook, testWebhook } from "@/lib/notices/mutations";
import styles from "./settings.module.css";
import { WebhookDeliveries } from "./webhook-deliveries";

type WebhookActionsProps = { readonly webhook: WebhookItem; readonly mayWrite: boolean };

export function WebhookActions({ webhook, mayWrite }: WebhookActionsProps) {
  const [shown, deliveries] = useDisclosure(false);
  const test = useMutation(testWebhook);
  const enabled = webhook.disabledAt === null;
  return (
    <>
      <Group gap={4} justify="flex-end" wrap="nowrap">
        {enabled && mayWrite && (
          <Button
            size="compact-sm"
            variant="subtle"
            loading={test.isPending}
            onClick={() => test.mutate({ id: webhook.id }, { onSuccess: deliveries.open })}
          >
            Test
          </Button>
        )}
        <Button size="compact-sm" variant="subtle" onClick={deliveries.open}>
          Deliveries
        </Button>
        {enabled ? (
          mayWrite && <DisableButton webhook={webhook} />
        ) : (
          <span>
            disabled <Instant at={webhook.disabledAt} />
          </span>
        )}
      </Group>
      <Drawer opened={shown} onClose={deliveries.close} title={new URL(webhook.url).host} position="right" size={640}>
        <div className={styles.bar}>
          <span className={styles.said}>
            Added <Instant at={webhook.createdAt} /> by {webhook.createdBy}.
          </span>
        </div>
        <WebhookDeliveries webhookId={webhook.id} maySend={enabled && mayWrite} />
      </Drawer>
    </>
  );
}

function DisableButton({ webhook }: { readonly webhook: WebhookItem }) {
  const [opened, dialog] = useDisclosure(false);
  const disable = useMutation(disableWebhook);
  return (
    <>
      <Button size="compact-sm" variant="subtle" onClick={dialog.open}>
        Disable
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={dialog.close}
        title={`Disable ${new URL(webhook.url).host}?`}
        confirm="Disable it"
        destructive
        pending={disable.isPending}
        error={disable.error}
        onConfirm={() => disable.mutate({ id: webhook.id }, { onSuccess: dialog.close })}
      >
        It is told nothing more, nor what is on its way to it. It cannot be taken back; a new webhook can be added.
      </ConfirmDialog>
    </>
  );
}
