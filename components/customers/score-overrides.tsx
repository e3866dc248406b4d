"use client";

import { Button, Select, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useCan } from "@/components/layout/viewer";
import { AddDialog, AddForm } from "@/components/ui/add-dialog";
import { Instant, TimeAgo } from "@/components/ui/instant";
import { Section } from "@/components/ui/section";
import { UtcPicker } from "@/components/ui/utc-picker";
import type { Attribute } from "@/lib/catalogue/definition";
import { useCatalogue } from "@/lib/catalogue/use-catalogue";
import { overrideScoreSchema, type ScoreOverrideItem } from "@/lib/scores/contract";
import { endOverride, overrideScore } from "@/lib/scores/mutations";
import { scoreOverridesQuery } from "@/lib/scores/queries";

/** What people said instead of a model; nothing where there are no scores, or nothing was said and one may not say it. */
export function ScoreOverrides({ customerId }: { readonly customerId: string }) {
  const { catalogue } = useCatalogue();
  const { data } = useQuery(scoreOverridesQuery(customerId));
  const mayOverride = useCan("score.override");
  const scores = [...(catalogue?.attributes.values() ?? [])].filter(({ source }) => source === "score");
  const standing = data?.items.filter(({ endedAt }) => endedAt === null) ?? [];
  if (scores.length === 0 || (standing.length === 0 && !mayOverride)) return null;
  return (
    <Section
      title="Overridden scores"
      count={standing.length}
      aside={
        mayOverride && (
          <AddDialog title="Override a score" inRow="Override…">
            {(close) => <OverrideForm customerId={customerId} scores={scores} onClose={close} />}
          </AddDialog>
        )
      }
    >
      {standing.length === 0 ? (
        <Text c="dimmed">Every score is what its model says.</Text>
      ) : (
        <Stack gap="sm">
          {standing.map((override) => (
            <Override key={override.id} override={override} mayEnd={mayOverride} />
          ))}
        </Stack>
      )}
    </Section>
  );
}

type OverrideProps = { readonly override: ScoreOverrideItem; readonly mayEnd: boolean };

function Override({ override, mayEnd }: OverrideProps) {
  const { mutate, isPending } = useMutation(endOverride);
  const { id, name, value, replaced, masked, reason, expiresAt, createdBy, createdAt } = override;
  return (
    <div>
      <b>{name}</b> {masked ? "covered" : `${value}, where the model says ${replaced ?? "nothing"}`}
      <Text c="dimmed" size="sm">
        {createdBy?.name ?? "Steward"}, <TimeAgo at={createdAt} />: {reason}
        {expiresAt && (
          <>
            {" "}
            Until <Instant at={expiresAt} />.
          </>
        )}
      </Text>
      {mayEnd && (
        <Button size="compact-sm" variant="subtle" loading={isPending} onClick={() => mutate({ id })}>
          Let the model's hold again
        </Button>
      )}
    </div>
  );
}

type FormProps = {
  readonly customerId: string;
  readonly scores: readonly Attribute[];
  readonly onClose: () => void;
};

function OverrideForm({ customerId, scores, onClose }: FormProps) {
  const typeOf = (key: string) => scores.find((score) => score.key === key)?.type;
  return (
    <AddForm
      schema={overrideScoreSchema}
      initialValues={{
        ...{ attribute: scores[0]?.key ?? "", reason: "", value: "" as string | number | boolean },
        expiresAt: undefined as string | undefined,
      }}
      prepare={(values) => ({ ...values, value: readAs(typeOf(values.attribute), values.value) })}
      mutation={overrideScore(customerId)}
      submit="Override"
      onClose={onClose}
    >
      {({ getInputProps, setFieldValue, values }) => (
        <>
          <Select
            label="Score"
            data={scores.map(({ key, name }) => ({ value: key, label: name }))}
            allowDeselect={false}
            {...getInputProps("attribute")}
          />
          <TextInput
            label="Value"
            description="It wins over what the model says, in every segment that uses the score."
            required
            data-autofocus
            {...getInputProps("value")}
            value={String(values.value)}
          />
          <UtcPicker
            label="Until"
            description="Within a year. Empty: until somebody ends it."
            clearable
            value={values.expiresAt ?? ""}
            onChange={(instant) => setFieldValue("expiresAt", instant)}
            error={getInputProps("expiresAt").error}
          />
          <Textarea label="Why" required autosize minRows={2} {...getInputProps("reason")} />
        </>
      )}
    </AddForm>
  );
}

/** As the score's type asks; what is none is sent as it is, and the server says what it would take. */
function readAs(type: Attribute["type"] | undefined, value: string | number | boolean): string | number | boolean {
  if (typeof value !== "string" || value.trim() === "") return value;
  if (type === "number" && Number.isFinite(Number(value))) return Number(value);
  return type === "boolean" && (value === "true" || value === "false") ? value === "true" : value;
}
