"use client";

import { Anchor } from "@mantine/core";
import { IconFileCertificate } from "@tabler/icons-react";
import { useCan } from "@/components/layout/viewer";
import type { Release } from "@/lib/releases/contract";
import { evidencePackUrl } from "@/lib/releases/queries";
import styles from "./segments.module.css";

/** Everything that proves the release, for who may read the audit. */
export function EvidencePackLink({ release: { id, revision, environment } }: { readonly release: Release }) {
  if (!useCan("audit.read")) return null;
  const label = `Evidence pack of revision ${revision} of ${environment}`;
  return (
    <Anchor href={evidencePackUrl(id)} download aria-label={label} title={label} className={styles.pack}>
      <IconFileCertificate size={14} stroke={1.6} />
    </Anchor>
  );
}
