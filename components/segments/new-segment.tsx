"use client";

import { Button, Group, MultiSelect, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useNames } from "@/components/layout/use-names";
import { useViewer } from "@/components/layout/viewer";
import { ErrorLine } from "@/components/ui/error-state";
import { FindingList } from "@/components/ui/finding-list";
import { LinkButton } from "@/components/ui/link-button";
import { keySchema } from "@/lib/catalogue/definition";
import { isApiProblem } from "@/lib/http/fetch-json";
import { blankDocument, type NewSegment } from "@/lib/segments/blank-document";
import { criticalities } from "@/lib/segments/document";
import { suggestKey } from "@/lib/segments/suggest-key";
import { createSegment } from "@/lib/versions/mutations";
import styles from "./segments.module.css";

/** The least a segment needs; everything can be changed in the draft that opens next, but for the key. */
export function NewSegmentForm() {
  const router = useRouter();
  const viewer = useViewer();
  const names = useNames();
  const { mutate, isPending, error } = useMutation(createSegment);
  const form = useForm<NewSegment & { keyTyped: boolean }>({
    initialValues: {
      ...{ name: "", key: "", keyTyped: false, description: "", criticality: "operational" },
      ...{ team: viewer.team ?? "", person: viewer.email, purposes: [], regions: [] },
    },
    validate: {
      name: (name) => (name.trim() === "" ? "A segment has a name." : null),
      key: (key) => (keySchema.safeParse(key).success ? null : "Small letters, digits, _ and -, a letter first."),
      team: (team) => (team === "" ? "A team answers for it." : null),
    },
  });
  const key = form.values.keyTyped ? form.values.key : suggestKey(form.values.name);
  const findings = isApiProblem(error) ? error.findings : [];
  return (
    <form
      onSubmit={form.onSubmit(({ keyTyped: _typed, ...values }) =>
        mutate(blankDocument(values), { onSuccess: () => router.push(`/segments/${values.key}/draft`) }),
      )}
    >
      <Stack gap="lg" maw={640}>
        <TextInput
          label="Name"
          required
          autoFocus
          maxLength={120}
          {...form.getInputProps("name")}
          onChange={(event) => {
            const name = event.currentTarget.value;
            form.setFieldValue("name", name);
            if (!form.values.keyTyped) form.setFieldValue("key", suggestKey(name));
          }}
        />
        <TextInput
          label="Key"
          required
          description="What rules, treatments and the feed call it. It stays for ever."
          classNames={{ input: styles.mono }}
          {...form.getInputProps("key")}
          value={key}
          onChange={(event) => form.setValues({ key: event.currentTarget.value, keyTyped: true })}
        />
        <Textarea label="In one line" minRows={1} maxLength={2_000} {...form.getInputProps("description")} />
        <div className={styles.pair}>
          <MultiSelect
            label="Purposes"
            data={optionsOf(names.purposes)}
            nothingFoundMessage="None is known; privacy or an administrator adds purposes under Settings."
            searchable
            {...form.getInputProps("purposes")}
          />
          <MultiSelect
            label="Regions"
            data={optionsOf(names.regions)}
            nothingFoundMessage="None is known; privacy or an administrator adds regions under Settings."
            searchable
            {...form.getInputProps("regions")}
          />
        </div>
        <div className={styles.pair}>
          <Select
            label="Team that answers for it"
            data={optionsOf(names.teams)}
            allowDeselect={false}
            searchable
            {...form.getInputProps("team")}
          />
          <Select
            label="Person"
            data={optionsOf(names.people)}
            allowDeselect={false}
            searchable
            {...form.getInputProps("person")}
          />
          <Select
            label="Criticality"
            data={[...criticalities]}
            allowDeselect={false}
            {...form.getInputProps("criticality")}
          />
        </div>
        {findings.length > 0 ? <FindingList findings={findings} /> : <ErrorLine error={error} />}
        <Group justify="flex-end" gap="sm">
          <LinkButton href="/segments">Cancel</LinkButton>
          <Button type="submit" variant="filled" loading={isPending}>
            Create and open the draft
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function optionsOf(names: ReadonlyMap<string, string>): { value: string; label: string }[] {
  return [...names].map(([value, label]) => ({ value, label }));
}
