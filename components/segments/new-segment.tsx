"use client";

import { Button, Group, Progress, Stack } from "@mantine/core";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useViewer } from "@/components/layout/viewer";
import { ErrorLine } from "@/components/ui/error-state";
import { FindingList } from "@/components/ui/finding-list";
import { LinkButton } from "@/components/ui/link-button";
import { keySchema } from "@/lib/catalogue/definition";
import { isApiProblem } from "@/lib/http/fetch-json";
import type { NewSegment } from "@/lib/segments/blank-document";
import { suggestKey } from "@/lib/segments/suggest-key";
import styles from "./segments.module.css";
import { NewSegmentFields, type Problems } from "./start/new-segment-fields";
import { type GivenIds, suggestedBy } from "./start/start";
import { StartChoice } from "./start/start-choice";
import { type CreationStep, creationSteps, useCreateSegment } from "./start/use-create-segment";
import { useStart } from "./start/use-start";

/** What it starts from, and the least a segment needs; all but the key can be changed in the draft that opens next. */
export function NewSegmentForm() {
  const router = useRouter();
  const viewer = useViewer();
  const [ids, setIds] = useState<GivenIds | null>(null);
  const start = useStart(ids);
  const [typed, setTyped] = useState<Partial<NewSegment>>({});
  const [tried, setTried] = useState(false);
  const { create, step, error } = useCreateSegment((key) => router.push(`/segments/${key}/draft`));
  const values = valuesOf({ team: viewer.team ?? "", person: viewer.email, ...suggestedBy(start), ...typed });
  const problems = problemsOf(values);
  const findings = isApiProblem(error) ? error.findings : [];
  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (start && Object.keys(problems).length === 0) create(values, start);
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg" maw={640}>
        <StartChoice onIds={setIds} />
        <NewSegmentFields
          values={values}
          problems={tried ? problems : {}}
          onTyped={(part) => setTyped((before) => ({ ...before, ...part }))}
        />
        {findings.length > 0 ? <FindingList findings={findings} /> : <ErrorLine error={error} />}
        {step !== null && start?.kind === "ids" && <Steps step={step} />}
        <Group justify="flex-end" gap="sm">
          <LinkButton href="/segments">Cancel</LinkButton>
          <Button type="submit" variant="filled" loading={step !== null} disabled={start === null}>
            Create and open the draft
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const blank: NewSegment = {
  ...{ name: "", key: "", description: "", criticality: "operational" },
  ...{ team: "", person: "", purposes: [], regions: [] },
};

/** The key follows the name until it is typed. */
function valuesOf(given: Partial<NewSegment>): NewSegment {
  return { ...blank, ...given, key: given.key ?? suggestKey(given.name ?? "") };
}

function problemsOf({ name, key, team }: NewSegment): Problems {
  const isKey = keySchema.safeParse(key).success;
  return {
    ...(name.trim() === "" ? { name: "A segment has a name." } : {}),
    ...(isKey ? {} : { key: "Small letters, digits, _ and -, a letter first." }),
    ...(team === "" ? { team: "A team answers for it." } : {}),
  };
}

const stepWords = {
  list: "Making the list",
  upload: "Putting the customers on the list",
  segment: "Making the segment",
} as const satisfies Record<CreationStep, string>;

function Steps({ step }: { readonly step: CreationStep }) {
  const done = (creationSteps.indexOf(step) + 1) / (creationSteps.length + 1);
  return (
    <div>
      <output className={styles.dim}>{stepWords[step]}</output>
      <Progress aria-label="Progress" value={done * 100} animated mt={4} />
    </div>
  );
}
