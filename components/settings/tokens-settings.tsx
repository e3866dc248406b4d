"use client";

import { Button, Stack, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { AddDialog, AddForm } from "@/components/ui/add-dialog";
import { CopyButton } from "@/components/ui/copy-button";
import { EmptyState } from "@/components/ui/empty-state";
import { Instant, TimeAgo } from "@/components/ui/instant";
import { type ServerColumn, ServerTable } from "@/components/ui/server-table";
import { createTokenSchema, type PersonalTokenItem } from "@/lib/access/contract";
import { createToken, revokeToken } from "@/lib/access/mutations";
import { tokensQuery } from "@/lib/access/queries";
import styles from "./settings.module.css";

export function TokensSettings() {
  const tokens = useQuery(tokensQuery());
  return (
    <>
      <div className={styles.bar}>
        <span className={styles.said}>A token acts as you, with your rights of the moment and no more.</span>
        <AddDialog title="Create a token">{(close) => <CreateTokenForm onClose={close} />}</AddDialog>
      </div>
      <ServerTable
        label="Personal tokens"
        columns={columns}
        rows={tokens.data?.items}
        idOf={(token) => token.id}
        rowHeight={34}
        fetching={tokens.isFetching}
        error={tokens.error}
        onRetry={() => tokens.refetch()}
        empty={<EmptyState title="No token yet">Scripts call the API with one in place of a password.</EmptyState>}
      />
    </>
  );
}

const columns: readonly ServerColumn<PersonalTokenItem>[] = [
  { key: "name", title: "Token", render: (token) => token.name },
  { key: "created", title: "Created", width: 130, render: (token) => <Instant at={token.createdAt} /> },
  { key: "used", title: "Last used", width: 130, render: (token) => <TimeAgo at={token.lastUsedAt} /> },
  { key: "revoke", title: "", width: 160, align: "right", render: (token) => <RevokeCell token={token} /> },
];

function RevokeCell({ token }: { readonly token: PersonalTokenItem }) {
  const revoke = useMutation(revokeToken);
  if (token.revokedAt) {
    return (
      <>
        revoked <Instant at={token.revokedAt} />
      </>
    );
  }
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      loading={revoke.isPending}
      onClick={() => revoke.mutate({ id: token.id })}
      aria-label={`Revoke ${token.name}`}
    >
      Revoke
    </Button>
  );
}

function CreateTokenForm({ onClose }: { readonly onClose: () => void }) {
  return (
    <AddForm
      schema={createTokenSchema}
      initialValues={{ name: "" }}
      mutation={createToken}
      onClose={onClose}
      done={({ secret }) => <TokenShown secret={secret} />}
    >
      {({ getInputProps }) => (
        <TextInput label="What will use it" placeholder="release script" data-autofocus {...getInputProps("name")} />
      )}
    </AddForm>
  );
}

function TokenShown({ secret }: { readonly secret: string }) {
  return (
    <Stack gap="md">
      <div>Copy it now: it is shown this once, and only its hash is kept.</div>
      <code className={styles.secret}>{secret}</code>
      <CopyButton value={secret} label="Copy the token" withText />
    </Stack>
  );
}
