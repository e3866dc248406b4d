"use client";

import { Radio, Stack, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { type RefObject, useState } from "react";
import type { Names } from "@/components/layout/use-names";
import { ChoiceList } from "@/components/ui/choice-list";
import { FilterButton } from "@/components/ui/filter-button";
import { criticalities } from "@/lib/segments/document";
import type { SegmentListQuery } from "@/lib/segments/list-query";
import type { ListFilter } from "./list-address";
import styles from "./segments.module.css";
import { TagFilter } from "./tag-filter";

type SegmentFiltersProps = {
  readonly query: SegmentListQuery;
  readonly onFilter: (filter: ListFilter) => void;
  readonly names: Names;
  readonly searchRef: RefObject<HTMLInputElement | null>;
  readonly summary: string;
};

export function SegmentFilters({ query, onFilter, names, searchRef, summary }: SegmentFiltersProps) {
  return (
    <search className={styles.filters}>
      <Search
        key={query.query === undefined ? "empty" : "filled"}
        query={query.query ?? ""}
        onFilter={onFilter}
        searchRef={searchRef}
      />
      <FilterButton label="Mine" value={query.mine ? "yes" : null} onClear={() => onFilter({ mine: null })}>
        {(close) => (
          <Radio.Group
            aria-label="Whose segments"
            value={query.mine ? "mine" : "all"}
            onChange={(value) => {
              onFilter({ mine: value === "mine" ? true : null });
              close();
            }}
          >
            <Stack gap="sm">
              <Radio value="all" label="Everybody’s" />
              <Radio value="mine" label="Mine and my team’s" />
            </Stack>
          </Radio.Group>
        )}
      </FilterButton>
      <Several label="Owner" name="owner" chosen={query.owner} names={names.teams} onFilter={onFilter} />
      <Several label="Purpose" name="purpose" chosen={query.purpose} names={names.purposes} onFilter={onFilter} />
      <Several label="Region" name="region" chosen={query.region} names={names.regions} onFilter={onFilter} />
      <FilterButton
        label="Criticality"
        value={query.criticality ?? null}
        onClear={() => onFilter({ criticality: null })}
      >
        {(close) => (
          <Radio.Group
            aria-label="Criticality"
            value={query.criticality ?? ""}
            onChange={(criticality) => {
              onFilter({ criticality });
              close();
            }}
          >
            <Stack gap="sm">
              {criticalities.map((criticality) => (
                <Radio key={criticality} value={criticality} label={criticality} />
              ))}
            </Stack>
          </Radio.Group>
        )}
      </FilterButton>
      <TagFilter tags={query.tag ?? []} onTags={(tag) => onFilter({ tag })} />
      <span className={styles.summary}>{summary}</span>
    </search>
  );
}

type SearchProps = {
  readonly query: string;
  readonly onFilter: (filter: ListFilter) => void;
  readonly searchRef: RefObject<HTMLInputElement | null>;
};

function Search({ query, onFilter, searchRef }: SearchProps) {
  const [text, setText] = useState(query);
  const search = useDebouncedCallback((wanted: string) => onFilter({ query: wanted.trim() }), 200);
  return (
    <TextInput
      ref={searchRef}
      type="search"
      aria-label="Search segments"
      placeholder="Name, key or tag"
      leftSection={<IconSearch size={15} stroke={1.6} />}
      className={styles.search}
      maxLength={200}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        search(event.currentTarget.value);
      }}
    />
  );
}

type SeveralProps = {
  readonly label: string;
  readonly name: "owner" | "purpose" | "region";
  readonly chosen: readonly string[] | undefined;
  readonly names: ReadonlyMap<string, string>;
  readonly onFilter: (filter: ListFilter) => void;
};

function Several({ label, name, chosen = [], names, onFilter }: SeveralProps) {
  const words = chosen.map((key) => names.get(key) ?? key).join(", ");
  return (
    <FilterButton label={label} value={words || null} onClear={() => onFilter({ [name]: null })}>
      {() => (
        <ChoiceList
          label={label}
          choices={[...names].map(([value, text]) => ({ value, label: text }))}
          chosen={chosen}
          onChosen={(next) => onFilter({ [name]: next })}
        />
      )}
    </FilterButton>
  );
}
