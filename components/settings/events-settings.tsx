"use client";

import { useQuery } from "@tanstack/react-query";
import { useCan } from "@/components/layout/viewer";
import { AddDialog } from "@/components/ui/add-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { NameCell } from "@/components/ui/name-cell";
import { type ServerColumn, ServerTable } from "@/components/ui/server-table";
import { TagList } from "@/components/ui/tag";
import type { EventTypeItem } from "@/lib/events/contract";
import { eventTypeListQuery } from "@/lib/events/queries";
import { AddEventTypeForm } from "./add-event-type-form";
import { propertyTypeWords } from "./catalogue-words";
import styles from "./settings.module.css";

/** What customers do, as far as attributes are computed from it. */
export function EventsSettings() {
  const eventTypes = useQuery(eventTypeListQuery());
  const mayWrite = useCan("catalogue.write");
  return (
    <>
      <div className={styles.bar}>
        <span className={styles.said}>
          What customers do. Attributes are computed from it, and rules speak of those.
        </span>
        {mayWrite && <AddDialog title="Add an event type">{(close) => <AddEventTypeForm onClose={close} />}</AddDialog>}
      </div>
      <ServerTable
        label="Event types"
        columns={columns}
        rows={eventTypes.data?.items}
        idOf={(item) => item.key}
        fetching={eventTypes.isFetching}
        error={eventTypes.error}
        onRetry={() => eventTypes.refetch()}
        empty={
          <EmptyState title="No event type is known yet">
            Add one with its properties, as an order with its amount; then add an attribute that is computed from it.
          </EmptyState>
        }
      />
    </>
  );
}

function propertyInWords({ name, type, labels = [] }: EventTypeItem["properties"][number]): string {
  return [name, propertyTypeWords[type], ...labels].join(", ");
}

const columns: readonly ServerColumn<EventTypeItem>[] = [
  { key: "name", title: "Event", width: 210, render: (item) => <NameCell name={item.name} sub={item.key} /> },
  { key: "description", title: "Means", render: (item) => item.description || <span className={styles.dim}>—</span> },
  {
    key: "properties",
    title: "Properties",
    render: ({ properties }) => <TagList tags={properties.map(propertyInWords)} max={5} />,
  },
  {
    key: "attributes",
    title: "Computed from it",
    width: 260,
    render: ({ attributes }) =>
      attributes.length === 0 ? <span className={styles.dim}>—</span> : <TagList tags={attributes} max={3} />,
  },
];
