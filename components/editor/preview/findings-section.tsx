import { Group, UnstyledButton } from "@mantine/core";
import { FindingList } from "@/components/ui/finding-list";
import { Section } from "@/components/ui/section";
import { WaiverAction } from "@/components/ui/waiver-action";
import type { Finding } from "@/lib/findings";
import { useEditing } from "../editor-context";
import styles from "./preview.module.css";

type FindingsSectionProps = {
  readonly findings: readonly Finding[];
  /** Whether anybody has looked yet: no findings before that means nothing. */
  readonly known: boolean;
  readonly onShow: (path: string) => void;
};

export function FindingsSection({ findings, known, onShow }: FindingsSectionProps) {
  const { document } = useEditing();
  return (
    <Section title="Findings" count={findings.length > 0 && findings.length} variant="panel">
      <FindingList
        findings={findings}
        none={known ? "Nothing stands in the way." : "Not checked yet."}
        action={(finding) => (
          <Group gap="xs" align="baseline">
            {finding.path !== "" && (
              <UnstyledButton className={styles.show} onClick={() => onShow(finding.path)}>
                Show
              </UnstyledButton>
            )}
            <WaiverAction segment={document.key} finding={finding} />
          </Group>
        )}
      />
    </Section>
  );
}
