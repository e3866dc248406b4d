"use client";

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useNames } from "@/components/layout/use-names";
import { useCan } from "@/components/layout/viewer";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Mono } from "@/components/ui/mono";
import { PageHeader } from "@/components/ui/page-header";
import { TableSkeleton } from "@/components/ui/table-skeleton";
import { consumerListQuery } from "@/lib/feed/queries";
import { ConsumerSection } from "./consumer-section";
import styles from "./consumers.module.css";
import { NewConsumerDialog } from "./new-consumer-dialog";
import { SigningKeys } from "./signing-keys";

/** Runtime systems that pull the feed: their keys, scopes, what each serves, and how far behind it is. */
export function ConsumerList() {
  const consumers = useQuery({ ...consumerListQuery(), refetchInterval: 5_000 });
  const mayWrite = useCan("consumer.write");
  const [opened, dialog] = useDisclosure(false);
  const heads = (consumers.data?.heads ?? []).toReversed();
  const names = useNames();
  const register = (
    <Button variant="filled" onClick={dialog.open}>
      Register a consumer
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Consumers"
        subtitle={
          <>
            Runtime systems that pull the feed.{" "}
            {heads.map((head) => (
              <span key={head.environment} className={styles.head}>
                {head.environment} <Mono>r{head.revision}</Mono>
              </span>
            ))}
          </>
        }
        actions={mayWrite && consumers.data?.items.length !== 0 && register}
      />
      {consumers.isPending && <TableSkeleton rows={5} />}
      {consumers.isError && <ErrorState error={consumers.error} onRetry={() => consumers.refetch()} />}
      {consumers.data?.items.length === 0 && (
        <EmptyState title="No consumer is registered" {...(mayWrite ? { action: register } : {})}>
          A gateway, flag service or billing system is registered here, and gets a key of its own to pull with.
        </EmptyState>
      )}
      <div className={styles.list}>
        {consumers.data?.items.map((consumer) => (
          <ConsumerSection key={consumer.id} consumer={consumer} names={names} mayWrite={mayWrite} />
        ))}
      </div>
      {consumers.data && consumers.data.items.length > 0 && (
        <div className={styles.signing}>
          <SigningKeys />
        </div>
      )}
      <NewConsumerDialog opened={opened} onClose={dialog.close} />
    </>
  );
}
