"use client";

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useCan } from "@/components/layout/viewer";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { TimeAgo } from "@/components/ui/instant";
import { Mono } from "@/components/ui/mono";
import { Section } from "@/components/ui/section";
import type { Merge } from "@/lib/customers/identity-contract";
import { unmergeCustomers } from "@/lib/customers/mutations";
import { mergeListQuery } from "@/lib/customers/queries";
import styles from "./customers.module.css";
import { MergeDialog } from "./merge-dialog";

type CustomerMergesProps = { readonly id: string; readonly environment: string };

/** With whom the customer was merged; nothing where there was nobody and one may not merge. */
export function CustomerMerges({ id, environment }: CustomerMergesProps) {
  const { data } = useQuery(mergeListQuery(id));
  const mayMerge = useCan("customer.write");
  const [opened, dialog] = useDisclosure(false);
  const standing = data?.items.filter(({ undoneAt }) => undoneAt === null) ?? [];
  if (standing.length === 0 && !mayMerge) return null;
  return (
    <Section
      title="The same person as"
      count={standing.length}
      aside={
        mayMerge && (
          <Button size="compact-sm" onClick={dialog.open}>
            Merge into another…
          </Button>
        )
      }
    >
      {standing.length === 0 && <span className={styles.because}>Nobody was merged into this customer.</span>}
      {standing.map((merge) => (
        <StandingMerge key={merge.id} merge={merge} mayPart={mayMerge} />
      ))}
      <MergeDialog opened={opened} onClose={dialog.close} from={id} environment={environment} />
    </Section>
  );
}

function StandingMerge({ merge, mayPart }: { readonly merge: Merge; readonly mayPart: boolean }) {
  const part = useMutation(unmergeCustomers);
  const [opened, dialog] = useDisclosure(false);
  return (
    <div className={styles.treatment}>
      <Mono>{merge.from}</Mono>
      {mayPart && (
        <Button size="compact-sm" variant="subtle" onClick={dialog.open}>
          Part again…
        </Button>
      )}
      <small>
        {merge.mergedBy}, <TimeAgo at={merge.mergedAt} />: {merge.reason}
      </small>
      <ConfirmDialog
        opened={opened}
        onClose={dialog.close}
        title={`Part ${merge.from} from ${merge.into}?`}
        confirm="Part them"
        pending={part.isPending}
        error={part.error}
        onConfirm={() => part.mutate({ id: merge.id }, { onSuccess: dialog.close })}
      >
        Both get back what they had. What came in since stays with {merge.into}.
      </ConfirmDialog>
    </div>
  );
}
