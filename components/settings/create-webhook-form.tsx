"use client";

import { MultiSelect, Stack, TextInput } from "@mantine/core";
import { AddForm } from "@/components/ui/add-dialog";
import { CopyButton } from "@/components/ui/copy-button";
import { createWebhookSchema } from "@/lib/notices/contract";
import { type WebhookEvent, webhookEvents } from "@/lib/notices/events";
import { createWebhook } from "@/lib/notices/mutations";
import styles from "./settings.module.css";

export function CreateWebhookForm({ onClose }: { readonly onClose: () => void }) {
  return (
    <AddForm
      schema={createWebhookSchema}
      initialValues={{ url: "", description: "", events: [] as WebhookEvent[] }}
      mutation={createWebhook}
      onClose={onClose}
      done={({ secret }) => <SecretShown secret={secret} />}
    >
      {({ getInputProps }) => (
        <>
          <TextInput
            label="Address"
            placeholder="https://hooks.example.com/steward"
            data-autofocus
            {...getInputProps("url")}
          />
          <TextInput label="What listens there" placeholder="release channel" {...getInputProps("description")} />
          <MultiSelect
            label="Events"
            placeholder="all"
            data={webhookEvents}
            searchable
            clearable
            {...getInputProps("events")}
          />
        </>
      )}
    </AddForm>
  );
}

function SecretShown({ secret }: { readonly secret: string }) {
  return (
    <Stack gap="md">
      <div>Copy it now: it is shown this once. Deliveries are signed with it; verify them before you believe them.</div>
      <code className={styles.secret}>{secret}</code>
      <CopyButton value={secret} label="Copy the secret" withText />
    </Stack>
  );
}
