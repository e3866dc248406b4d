"use client";

import { ActionIcon, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import Link from "next/link";
import { useState } from "react";
import { useCan } from "@/components/layout/viewer";
import type { SegmentOverview } from "@/lib/releases/overview-contract";
import { type ChangeKind, changeKinds, changesOf } from "@/lib/segments/governed-change";
import { BreakGlassDialog } from "./break-glass-dialog";
import { ChangeDialog } from "./change/change-dialog";
import { KillDialog } from "./kill-dialog";
import { ReleaseDialog } from "./release-dialog";

type Dialog = "release" | "kill" | "break-glass" | ChangeKind;

const changeWords = {
  rename: "Rename…",
  reown: "Change owner…",
  deprecate: "Deprecate…",
  archive: "Archive…",
  restore: "Restore…",
} as const satisfies Record<ChangeKind, string>;

/** What may be done with it, and to it where it is served; what changes that says first what it does to how many. */
export function SegmentActions({ overview }: { readonly overview: SegmentOverview }) {
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const mayRelease = useCan("version.release");
  const mayKill = useCan("segment.kill");
  const mayBreakGlass = useCan("version.break-glass");
  const mayWrite = useCan("segment.write");
  if (!mayRelease && !mayKill && !mayBreakGlass && !mayWrite) return null;
  const served = Object.values(overview.live);
  const close = () => setDialog(null);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" aria-label="More actions">
            <IconDots size={16} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {mayWrite && (
            <Menu.Item component={Link} href={`/segments/new?from=clone&segment=${overview.segment.key}`}>
              Clone…
            </Menu.Item>
          )}
          {mayWrite && (
            <>
              {changesOf(overview.shown.document).map((kind) => (
                <Menu.Item key={kind} onClick={() => setDialog(kind)}>
                  {changeWords[kind]}
                </Menu.Item>
              ))}
              <Menu.Divider />
            </>
          )}
          {mayRelease && <Menu.Item onClick={() => setDialog("release")}>Release…</Menu.Item>}
          {mayKill && (
            <Menu.Item color="red" disabled={served.length === 0} onClick={() => setDialog("kill")}>
              Empty it…
            </Menu.Item>
          )}
          {mayBreakGlass && (
            <Menu.Item color="red" onClick={() => setDialog("break-glass")}>
              Release without approvals…
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {dialog === "release" && <ReleaseDialog overview={overview} onClose={close} />}
      {dialog === "kill" && <KillDialog overview={overview} onClose={close} />}
      {dialog === "break-glass" && <BreakGlassDialog overview={overview} onClose={close} />}
      {isChange(dialog) && <ChangeDialog overview={overview} kind={dialog} onClose={close} />}
    </>
  );
}

function isChange(dialog: Dialog | null): dialog is ChangeKind {
  return changeKinds.some((kind) => kind === dialog);
}
