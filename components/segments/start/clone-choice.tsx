"use client";

import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorLine } from "@/components/ui/error-state";
import { segmentListQuery, segmentOverviewQuery } from "@/lib/releases/queries";
import styles from "./start.module.css";
import { useStartAddress } from "./start-address";

const pauseMs = 200;
const offered = 50;

/** Any segment; its document as its page shows it: what is live, or else the newest. */
export function CloneChoice() {
  const [{ segment: chosen }, setAddress] = useStartAddress();
  const [search, setSearch] = useState("");
  const [asked] = useDebouncedValue(search, pauseMs);
  const list = useQuery(segmentListQuery({ query: asked, sort: "name", pageSize: offered }));
  const { data: overview, error } = useQuery({ ...segmentOverviewQuery(chosen ?? ""), enabled: chosen !== null });
  const found = (list.data?.items ?? []).map(({ key, name }) => ({ value: key, label: name }));
  const current = chosen === null ? undefined : overview?.segment;
  const isOffered = current === undefined || found.some(({ value }) => value === current.key);
  return (
    <>
      <Select
        label="Segment to clone"
        placeholder="Search by name or key"
        data={isOffered ? found : [{ value: current.key, label: current.name }, ...found]}
        value={chosen}
        onChange={(segment) => void setAddress({ segment })}
        searchable
        allowDeselect={false}
        filter={({ options }) => options}
        onSearchChange={(next) => setSearch(next === current?.name ? "" : next)}
        nothingFoundMessage={list.isFetching ? "Looking" : "No segment of this name"}
        maxDropdownHeight={320}
      />
      {current && overview && (
        <p className={styles.note}>
          Takes over rule, lists by hand, treatments, tests and reasons of version {overview.shown.number}; references
          stay as they are. Versions, approvals and releases stay behind.
        </p>
      )}
      <ErrorLine error={error ?? list.error} />
    </>
  );
}
