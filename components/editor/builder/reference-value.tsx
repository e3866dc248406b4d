"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { formatCount } from "@/components/ui/number-format";
import { segmentListQuery } from "@/lib/releases/queries";
import { listField, type ReferenceField } from "@/lib/rules/builder";
import { itemOfSegment } from "../use-vocabulary";
import { useBuilder } from "./builder-context";
import { ReferenceSelect, type ReferenceValueProps } from "./reference-select";

/** Which segment or list is meant, its version as it is now, and the way to it. */
export function ReferenceValue({ field, ...rest }: ReferenceValueProps & { readonly field: ReferenceField }) {
  return field === listField ? <ListValue {...rest} /> : <SegmentValue {...rest} />;
}

function ListValue(props: ReferenceValueProps) {
  const { lists } = useBuilder();
  return (
    <ReferenceSelect
      {...props}
      label={`List ${props.name}`}
      items={lists}
      sizeOf={(item) => formatCount(item.size ?? 0, "customer")}
      hrefOf={(key) => `/lists/${encodeURIComponent(key)}`}
      none="No list of this name"
    />
  );
}

const pauseMs = 200;
const offered = 50;

function SegmentValue(props: ReferenceValueProps) {
  const { segments, ownKey } = useBuilder();
  const [search, setSearch] = useState("");
  const [asked] = useDebouncedValue(search, pauseMs);
  const chosen = typeof props.value === "string" ? segments.get(props.value) : undefined;
  const { data, error, isFetching } = useQuery({
    ...segmentListQuery({ state: "live", sort: "name", pageSize: offered, query: asked === chosen?.name ? "" : asked }),
    enabled: !props.disabled && search !== "",
  });
  const found = search === "" || !data ? [...segments.values()] : data.items.map(itemOfSegment);
  const items = new Map(found.filter(({ key }) => key !== ownKey).map((item) => [item.key, item]));
  if (chosen) items.set(chosen.key, chosen);
  return (
    <ReferenceSelect
      {...props}
      label={`Segment ${props.name}`}
      items={items}
      sizeOf={(item) => (item.size === null ? "" : formatCount(item.size, "member"))}
      hrefOf={(key) => `/segments/${encodeURIComponent(key)}`}
      none={isFetching ? "Looking" : error ? "The segments could not be read" : "No live segment of this name"}
      onSearch={setSearch}
    />
  );
}
