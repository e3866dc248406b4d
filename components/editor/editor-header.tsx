"use client";

import { ActionIcon, Button, Menu, SegmentedControl } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp, IconDots } from "@tabler/icons-react";
import Link from "next/link";
import { FindingSummary } from "@/components/ui/finding-list";
import { PageHeader } from "@/components/ui/page-header";
import { StatePill } from "@/components/ui/state-glyph";
import { glyphOfVersion, wordsOfVersion } from "@/components/ui/version-state";
import type { Finding } from "@/lib/findings";
import type { Version } from "@/lib/versions/contract";
import styles from "./editor.module.css";
import { type EditorView, editorViews } from "./editor-view";

const viewNames = { builder: "Builder", json: "JSON", cel: "CEL", jsonlogic: "JsonLogic" } as const satisfies Record<
  EditorView,
  string
>;
const views = editorViews.map((value) => ({ value, label: viewNames[value] }));

type EditorHeaderProps = {
  readonly name: string;
  readonly version: Version;
  readonly view: EditorView;
  readonly onView: (view: EditorView) => void;
  readonly findings: readonly Finding[];
  readonly canSubmit: boolean;
  readonly onSubmit: () => void;
  readonly onWithdraw: (() => void) | undefined;
  readonly undo: (() => void) | undefined;
  readonly redo: (() => void) | undefined;
};

export function EditorHeader(props: EditorHeaderProps) {
  const { version, findings } = props;
  const blocks = findings.some((finding) => finding.severity === "blocking");
  const base = version.base ? `, from v${version.base.number}` : "";
  return (
    <PageHeader
      divided
      title={props.name || "Without a name"}
      state={
        <StatePill state={glyphOfVersion[version.state]}>
          {wordsOfVersion[version.state]}
          {version.state === "draft" ? base : ` · v${version.number}`}
        </StatePill>
      }
      actions={
        <>
          <SegmentedControl aria-label="View of the rule" data={views} value={props.view} onChange={props.onView} />
          <span className={styles.summary}>
            <FindingSummary findings={findings} />
            {!blocks && `${findings.some((each) => each.severity === "warning") ? ", " : ""}nothing blocks`}
          </span>
          <Button variant="filled" disabled={!props.canSubmit} onClick={props.onSubmit}>
            Submit for review
          </Button>
          <MoreMenu {...props} />
        </>
      }
    />
  );
}

function MoreMenu({ version, undo, redo, onWithdraw }: EditorHeaderProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label="More">
          <IconDots size={16} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconArrowBackUp size={16} stroke={1.6} />}
          rightSection={<span className={styles.keys}>Ctrl Z</span>}
          disabled={!undo}
          onClick={undo}
        >
          Undo
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowForwardUp size={16} stroke={1.6} />}
          rightSection={<span className={styles.keys}>Ctrl ⇧ Z</span>}
          disabled={!redo}
          onClick={redo}
        >
          Redo
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item component={Link} href={`/segments/${version.segmentKey}`}>
          Open the segment
        </Menu.Item>
        {version.base && (
          <Menu.Item component={Link} href={`/segments/${version.segmentKey}/versions`}>
            Open its versions
          </Menu.Item>
        )}
        <Menu.Item component={Link} href={`/segments/new?from=clone&segment=${version.segmentKey}`}>
          Clone the segment
        </Menu.Item>
        {version.submittedAt && (
          <Menu.Item component={Link} href={`/reviews/${version.id}`}>
            Open the review
          </Menu.Item>
        )}
        {onWithdraw && (
          <Menu.Item color="red" onClick={onWithdraw}>
            Withdraw v{version.number}…
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
