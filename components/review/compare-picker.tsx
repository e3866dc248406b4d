"use client";

import { ActionIcon, Select, Tooltip } from "@mantine/core";
import { IconArrowsLeftRight } from "@tabler/icons-react";
import { CopyButton } from "@/components/ui/copy-button";
import { wordsOfRelease } from "@/components/ui/release-words";
import { wordsOfVersion } from "@/components/ui/version-state";
import { comparisonPath, revisionRef } from "@/lib/releases/compared-ref";
import type { SegmentOverview } from "@/lib/releases/overview-contract";

type Pair = { readonly from: string; readonly to: string };
type ComparePickerProps = Pair & {
  readonly overview: SegmentOverview;
  readonly onChoose: (next: Pair) => void;
};

/** Which two are compared, turned round by one button; the address of what is shown can be copied. */
export function ComparePicker({ overview, from, to, onChoose }: ComparePickerProps) {
  const groups = choicesOf(overview);
  return (
    <>
      <Side label="From" value={from} groups={groups} onChange={(next) => onChoose({ from: next, to })} />
      <Tooltip label="Turn round">
        <ActionIcon aria-label="Turn round" variant="default" onClick={() => onChoose({ from: to, to: from })}>
          <IconArrowsLeftRight size={16} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      <Side label="To" value={to} groups={groups} onChange={(next) => onChoose({ from, to: next })} />
      <CopyButton
        label="Copy the link"
        value={
          typeof window === "undefined"
            ? ""
            : `${window.location.origin}${comparisonPath(overview.segment.key, from, to)}`
        }
      />
    </>
  );
}

type Group = { readonly group: string; readonly items: { readonly value: string; readonly label: string }[] };

type SideProps = {
  readonly label: string;
  readonly value: string;
  readonly groups: readonly Group[];
  readonly onChange: (value: string) => void;
};

function Side({ label, value, groups, onChange }: SideProps) {
  const known = groups.some(({ items }) => items.some((item) => item.value === value));
  const typed = { group: "Now", items: [{ value, label: value }] };
  return (
    <Select
      aria-label={label}
      w={230}
      searchable
      allowDeselect={false}
      data={known ? groups : [typed, ...groups]}
      value={value}
      onChange={(next) => next && onChange(next)}
    />
  );
}

/** Versions, then for each environment what it was given to serve, newest first. */
function choicesOf({ versions, releases, standings }: SegmentOverview): Group[] {
  const production = standings.at(-1)?.environment ?? "production";
  const ofVersions = versions.map(({ number, state }) => ({
    value: `v${number}`,
    label: `v${number}, ${wordsOfVersion[state].toLowerCase()}`,
  }));
  const environments = standings.map(({ environment }) => environment).reverse();
  return [
    { group: "Versions", items: ofVersions },
    ...environments.flatMap((environment) => {
      const items = releases
        .filter((release) => release.environment === environment)
        .map(({ revision, kind, version }) => ({
          value: revisionRef(environment, revision, production),
          label: `r${revision}, ${wordsOfRelease[kind]} v${version.number}`,
        }));
      return items.length === 0 ? [] : [{ group: `Served in ${environment}`, items }];
    }),
  ];
}
