"use client";

import { Button, Menu } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import type { AuditExportQuery } from "@/lib/audit/contract";
import { auditExportUrl } from "@/lib/audit/queries";

const formats = { ndjson: "JSON by line, with every hash", csv: "CSV, for spreadsheets" } as const;

/** Everything that matches the filters, not only what is on the screen. */
export function AuditExport({ filter }: { readonly filter: Partial<AuditExportQuery> }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button leftSection={<IconDownload size={16} stroke={1.6} />}>Export</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(["ndjson", "csv"] as const).map((format) => (
          <Menu.Item key={format} component="a" href={auditExportUrl({ ...filter, format })} download>
            {formats[format]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
