"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { Spotlight } from "@mantine/spotlight";
import { IconSearch, IconUser, IconUsersGroup } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, useState } from "react";
import { can } from "@/lib/access/permissions";
import { customerSearchSchema } from "@/lib/customers/contract";
import { fetchJson } from "@/lib/http/fetch-json";
import { segmentListQuery } from "@/lib/releases/queries";
import styles from "./command-palette.module.css";
import { navigationItems } from "./navigation";
import { useCan, useViewer } from "./viewer";

const shownAtMost = 6;

/** Pages by name, segments by what the server finds, customers by the beginning of their id. */
export function CommandPalette() {
  const [query, setQuery] = useState("");
  const [wanted] = useDebouncedValue(query.trim(), 120);
  const pages = usePages(query.trim().toLowerCase());
  const segments = useSegments(wanted);
  const customers = useCustomers(wanted);
  const groups = [
    { label: "Pages", actions: pages },
    { label: "Segments", actions: segments },
    { label: "Customers", actions: customers },
  ].filter((group) => group.actions.length > 0);
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      scrollable
      maxHeight={420}
      centered={false}
      yOffset={96}
      overlayProps={{ backgroundOpacity: 0.3, blur: 0 }}
      attributes={{ content: { "aria-label": "Find" } }}
      shortcut={["mod + K"]}
      tagsToIgnore={[]}
      classNames={{
        search: styles.search,
        actionsList: styles.list,
        action: styles.action,
        actionsGroup: styles.group,
      }}
      transitionProps={{ duration: 80 }}
    >
      <Spotlight.Search
        placeholder="Find a page, a segment, a customer"
        aria-label="Find a page, a segment, a customer"
        leftSection={<IconSearch size={17} stroke={1.6} />}
        onKeyDown={openFirst}
      />
      <Spotlight.ActionsList>
        {groups.map((group) => (
          <Spotlight.ActionsGroup key={group.label} label={group.label}>
            {group.actions.map((action) => (
              <Spotlight.Action key={action.id} label={action.label} onClick={action.open}>
                <span className={styles.body}>
                  {action.icon}
                  <span className={styles.label}>{action.label}</span>
                  {action.note && <span className={styles.note}>{action.note}</span>}
                </span>
              </Spotlight.Action>
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {groups.length === 0 && <Spotlight.Empty>Nothing found for “{query.trim()}”.</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

/** Enter without arrows takes the first that was found. */
function openFirst(event: KeyboardEvent<HTMLInputElement>): void {
  if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
  const dialog = event.currentTarget.closest("[role=dialog]");
  if (dialog?.querySelector("[data-action][data-selected]")) return;
  dialog?.querySelector<HTMLElement>("[data-action]")?.click();
}

function usePages(typed: string) {
  const router = useRouter();
  const viewer = useViewer();
  return navigationItems
    .filter((item) => !item.permission || can(viewer, item.permission))
    .filter((item) => `${item.label} ${item.words}`.toLowerCase().includes(typed))
    .map((item) => ({
      id: item.href,
      label: item.label,
      note: item.words,
      icon: <item.icon size={16} stroke={1.6} />,
      open: () => router.push(item.href),
    }));
}

function useSegments(wanted: string) {
  const router = useRouter();
  const { data } = useQuery({
    ...segmentListQuery({ query: wanted, pageSize: shownAtMost }),
    enabled: wanted.length >= 2,
  });
  if (wanted.length < 2) return [];
  return (data?.items ?? []).map((segment) => ({
    id: `segment ${segment.key}`,
    label: segment.name,
    note: segment.key,
    icon: <IconUsersGroup size={16} stroke={1.6} />,
    open: () => router.push(`/segments/${encodeURIComponent(segment.key)}`),
  }));
}

function useCustomers(wanted: string) {
  const router = useRouter();
  const allowed = useCan("customer.read");
  const enabled = allowed && wanted.length >= 2;
  const { data } = useQuery({
    queryKey: ["customers", "search", wanted],
    queryFn: ({ signal }) =>
      fetchJson(customerSearchSchema, `/api/v1/customers?query=${encodeURIComponent(wanted)}`, { signal }),
    enabled,
  });
  if (!enabled) return [];
  return (data?.items ?? []).slice(0, shownAtMost).map(({ id }) => ({
    id: `customer ${id}`,
    label: id,
    note: "customer",
    icon: <IconUser size={16} stroke={1.6} />,
    open: () => router.push(`/customers/${encodeURIComponent(id)}`),
  }));
}
