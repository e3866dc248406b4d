"use client";

import { TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useCan } from "@/components/layout/viewer";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { LinkButton } from "@/components/ui/link-button";
import { formatCount, formatNumber } from "@/components/ui/number-format";
import { customerSearchQuery } from "@/lib/customers/queries";
import styles from "./customers.module.css";

/** Finds a customer by id, its beginning or what names them elsewhere; Enter opens what is typed. */
export function CustomerFinder() {
  const router = useRouter();
  const mayImport = useCan("customer.import");
  const [text, setText] = useState("");
  const [query] = useDebouncedValue(text.trim(), 150);
  const found = useQuery({ ...customerSearchQuery(query), placeholderData: keepPreviousData });
  function open(event: FormEvent): void {
    event.preventDefault();
    const only = text.trim() === query && found.data?.items.length === 1 ? found.data.items[0]?.id : undefined;
    if (text.trim()) router.push(`/customers/${encodeURIComponent(only ?? text.trim())}`);
  }
  return (
    <div className={styles.finder}>
      <form onSubmit={open}>
        <TextInput
          aria-label="Customer id"
          placeholder="Customer id or how it begins, or email:address, device:id, account:number"
          leftSection={<IconSearch size={16} stroke={1.6} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          data-autofocus
        />
      </form>
      {found.isError && <ErrorState error={found.error} onRetry={() => found.refetch()} />}
      {found.data?.items.length === 0 &&
        (found.data.population === 0 ? (
          <EmptyState
            title="No customer is known yet"
            {...(mayImport ? { action: <LinkButton href="/settings/imports/new">Import customers</LinkButton> } : {})}
          >
            Customers come from a file, or from a system that sends them.
          </EmptyState>
        ) : (
          <EmptyState title="No customer's id begins so">
            {formatCount(found.data.population, "customer")} are known. Ids are compared letter by letter.
          </EmptyState>
        ))}
      {found.data && found.data.items.length > 0 && (
        <p className={styles.count}>
          {found.data.items.length < found.data.population &&
            `The first ${formatNumber(found.data.items.length)} of those that ${query === "" ? "are known" : "begin so"}; `}
          {formatCount(found.data.population, "customer")} in all
        </p>
      )}
      <ul className={styles.results}>
        {found.data?.items.map(({ id }) => (
          <li key={id}>
            <Link href={`/customers/${encodeURIComponent(id)}`} prefetch={false}>
              {id}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
