"use client";

import { Drawer, Table, Tabs } from "@mantine/core";
import type { z } from "zod";
import { TextLink } from "@/components/ui/link-button";
import { MaskedValue } from "@/components/ui/masked-value";
import { TabLabel } from "@/components/ui/tab-label";
import type { impactSampleSchema, Preview } from "@/lib/previews/contract";
import { causeWords } from "@/lib/previews/impact-words";
import { useEditing } from "../editor-context";
import styles from "./preview.module.css";

type Sample = z.infer<typeof impactSampleSchema>;
type ImpactSamplesProps = {
  readonly samples: NonNullable<Preview["impact"]>["samples"];
  readonly opened: boolean;
  readonly onClose: () => void;
};

/** Some who would enter and some who would leave, with the values that the rule looks at, as far as the role may see. */
export function ImpactSamples({ samples, opened, onClose }: ImpactSamplesProps) {
  const sides = [
    { key: "entering", label: "Enter", samples: samples.entering },
    { key: "leaving", label: "Leave", samples: samples.leaving },
  ].filter((side) => side.samples.length > 0);
  return (
    <Drawer opened={opened} onClose={onClose} size={680} title="Some of those who move">
      <Tabs defaultValue={sides[0]?.key ?? "entering"} keepMounted={false}>
        <Tabs.List>
          {sides.map((side) => (
            <Tabs.Tab key={side.key} value={side.key}>
              <TabLabel count={side.samples.length}>{side.label}</TabLabel>
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {sides.map((side) => (
          <Tabs.Panel key={side.key} value={side.key} pt="md">
            <Samples label={side.label} samples={side.samples} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Drawer>
  );
}

function Samples({ label, samples }: { readonly label: string; readonly samples: readonly Sample[] }) {
  const { regions } = useEditing().choices;
  return (
    <Table aria-label={label}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Customer</Table.Th>
          <Table.Th>Because of</Table.Th>
          <Table.Th>Lives in</Table.Th>
          <Table.Th>What the rule looks at</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {samples.map((sample) => (
          <Table.Tr key={sample.customer}>
            <Table.Td>
              <TextLink href={`/customers/${encodeURIComponent(sample.customer)}`}>{sample.customer}</TextLink>
            </Table.Td>
            <Table.Td>{causeWords[sample.cause]}</Table.Td>
            <Table.Td>{regions.find(({ key }) => key === sample.region)?.name ?? sample.region ?? "unknown"}</Table.Td>
            <Table.Td>
              <Values values={sample.values} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Values({ values }: Pick<Sample, "values">) {
  if (values.length === 0) return <span className={styles.dim}>no attribute</span>;
  return (
    <dl className={styles.values}>
      {values.map(({ attribute, name, text }) => (
        <div key={attribute}>
          <dt>{name}</dt>
          <dd>{text ?? <MaskedValue />}</dd>
        </div>
      ))}
    </dl>
  );
}
