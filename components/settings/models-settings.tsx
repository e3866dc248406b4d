"use client";

import { Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useCan } from "@/components/layout/viewer";
import { AddDialog } from "@/components/ui/add-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { Instant } from "@/components/ui/instant";
import { TextLink } from "@/components/ui/link-button";
import { NameCell } from "@/components/ui/name-cell";
import { Num } from "@/components/ui/num";
import { formatNumber } from "@/components/ui/number-format";
import { Section } from "@/components/ui/section";
import { type ServerColumn, ServerTable } from "@/components/ui/server-table";
import { StateLabel } from "@/components/ui/state-glyph";
import type { ModelItem, ScoreItem } from "@/lib/scores/contract";
import { modelListQuery } from "@/lib/scores/queries";
import { ModelVersionForm, RegisterModelForm } from "./model-forms";
import styles from "./settings.module.css";

/** How much of a population has moved, as the index is commonly read. */
const someMoved = 0.1;
const manyMoved = 0.25;

/** The scores and how they lie, and the register of the models that make them. */
export function ModelsSettings() {
  const { data, error, refetch, isFetching } = useQuery(modelListQuery());
  const mayWrite = useCan("catalogue.write");
  const asked = { error, fetching: isFetching, onRetry: () => refetch() };
  return (
    <Stack gap="xl">
      <Section title="Scores" count={data?.scores.length}>
        <ServerTable
          label="Scores"
          columns={scoreColumns}
          rows={data?.scores}
          idOf={({ attribute }) => attribute}
          {...asked}
          empty={
            <EmptyState title="No score yet">
              A score is an attribute whose source is a model: add one under Attributes.
            </EmptyState>
          }
        />
      </Section>
      <Section
        title="Models"
        count={data?.items.length}
        aside={
          mayWrite && (
            <AddDialog title="Add a model" inRow="Add a model…">
              {(close) => <RegisterModelForm onClose={close} />}
            </AddDialog>
          )
        }
      >
        <ServerTable
          label="Models"
          columns={mayWrite ? [...modelColumns, addVersionColumn] : modelColumns}
          rows={data?.items}
          idOf={({ key }) => key}
          {...asked}
          empty={
            <EmptyState title="No model registered yet">
              Register what makes your scores, with its owner, so that whoever meets a score knows whom to ask.
            </EmptyState>
          }
        />
      </Section>
    </Stack>
  );
}

const scoreColumns: readonly ServerColumn<ScoreItem>[] = [
  { key: "score", title: "Score", render: ({ name, attribute }) => <NameCell name={name} sub={attribute} /> },
  {
    key: "model",
    title: "Model",
    width: 200,
    render: ({ model, registered }) =>
      registered ? model : <StateLabel state="attention">{model ?? "none"}, not registered</StateLabel>,
  },
  {
    key: "missing",
    title: "Without it",
    align: "right",
    width: 110,
    render: ({ measured }) => (measured ? <Num value={measured.missing} /> : "—"),
  },
  {
    key: "stability",
    title: "Stability index",
    width: 270,
    render: ({ measured }) => <Stability measured={measured} />,
  },
  {
    key: "segments",
    title: "Members who are others since",
    render: ({ segments }) => <Moved segments={segments} />,
  },
];

function Stability({ measured }: Pick<ScoreItem, "measured">) {
  if (!measured) return <span className={styles.dim}>measured once a day</span>;
  const { stability, comparedWith } = measured;
  if (stability === null || comparedWith === null) return <span className={styles.dim}>nothing to compare yet</span>;
  const words = stability > manyMoved ? "many have moved" : stability > someMoved ? "some have moved" : "as before";
  return (
    <StateLabel state={stability > manyMoved ? "attention" : "passed"}>
      {stability.toFixed(2)}, {words}{" "}
      <span className={styles.dim}>
        since <Instant at={comparedWith} />
      </span>
    </StateLabel>
  );
}

function Moved({ segments }: Pick<ScoreItem, "segments">) {
  const moved = segments.filter(({ entered, left }) => entered + left > 0);
  if (segments.length === 0) return <span className={styles.dim}>no live segment uses it</span>;
  if (moved.length === 0)
    return (
      <span className={styles.dim}>
        nobody, in {segments.length === 1 ? "one segment" : `${segments.length} segments`}
      </span>
    );
  return (
    <Stack gap={2}>
      {moved.map(({ segment, name, before, entered, left }) => (
        <span key={segment}>
          <TextLink href={`/segments/${segment}`}>{name}</TextLink> +{formatNumber(entered)} −{formatNumber(left)}{" "}
          <span className={styles.dim}>of {formatNumber(before)}</span>
        </span>
      ))}
    </Stack>
  );
}

const modelColumns: readonly ServerColumn<ModelItem>[] = [
  { key: "model", title: "Model", render: ({ name, key }) => <NameCell name={name} sub={key} /> },
  { key: "owner", title: "Owner", width: 140, render: ({ ownerTeam }) => ownerTeam ?? "nobody" },
  {
    key: "versions",
    title: "Newest version",
    width: 260,
    render: ({ versions: [newest] }) =>
      newest ? (
        <span>
          {newest.version}
          {newest.trainedAt && (
            <span className={styles.dim}>
              {" "}
              trained <Instant at={newest.trainedAt} />
            </span>
          )}
        </span>
      ) : (
        "none"
      ),
  },
  {
    key: "used",
    title: "Makes",
    render: ({ versions }) => versions.flatMap(({ attributes }) => attributes).join(", ") || "no score",
  },
];

const addVersionColumn: ServerColumn<ModelItem> = {
  key: "add",
  title: "",
  align: "right",
  width: 130,
  render: ({ key, name }) => (
    <AddDialog title={`Add a version of ${name}`} inRow="Add version…">
      {(close) => <ModelVersionForm modelKey={key} onClose={close} />}
    </AddDialog>
  ),
};
