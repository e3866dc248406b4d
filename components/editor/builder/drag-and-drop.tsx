"use client";

import { type CustomCanDropParams, QueryBuilderDnD } from "@react-querybuilder/dnd";
import { IconGripVertical } from "@tabler/icons-react";
import { forwardRef, memo, type ReactNode, useRef, useState } from "react";
import * as ReactDnD from "react-dnd";
import { HTML5Backend } from "react-dnd-html5-backend";
import { TouchBackend } from "react-dnd-touch-backend";
import { type DragHandleProps, RuleGroupBodyComponents, type UseRuleGroup } from "react-querybuilder";
import styles from "./builder.module.css";
import { fitsInto } from "./builder-query";

/** Fingers cannot drag what the browser itself drags; a mouse sees a picture of the row that way. */
function backendOfPointer() {
  const byFinger = typeof window !== "undefined" && window.matchMedia("(pointer: coarse)").matches;
  return { ...ReactDnD, ReactDndBackend: byFinger ? TouchBackend : HTML5Backend };
}

/** Rows and groups within can be dragged by their handles. No key changes what a drop means. */
export function RuleDragging({ children }: { readonly children: ReactNode }) {
  const [dnd] = useState(backendOfPointer);
  return (
    <QueryBuilderDnD dnd={dnd} canDrop={mayDrop} copyModeModifierKey="" groupModeModifierKey="">
      {children}
    </QueryBuilderDnD>
  );
}

/** Over a row the drop goes below it, over a group's head it becomes the group's first. */
function mayDrop({ dragging, hovering }: CustomCanDropParams): boolean {
  return fitsInto(dragging, "rules" in hovering ? hovering.path.length + 1 : hovering.path.length);
}

/** For the pointer alone: keyboards move with Alt and the arrows from any control of the row. */
export const DragHandle = forwardRef<HTMLElement, DragHandleProps>(function DragHandle({ disabled, path }, ref) {
  if (disabled || path.length === 0) return null;
  return (
    <span ref={ref} className={styles.handle} data-drag-handle title="Drag to move" aria-hidden>
      <IconGripVertical size={14} stroke={1.6} />
    </span>
  );
});

/** A group's rows, and below a group that comes last in it a place to drop what shall follow that. */
export const GroupBody = memo(function GroupBody(group: UseRuleGroup) {
  const last = group.ruleGroup.rules.at(-1);
  const endsInRow = typeof last === "object" && !("rules" in last);
  return (
    <>
      <RuleGroupBodyComponents {...group} />
      {!endsInRow && !group.disabled && (
        <DropAtEnd path={group.path} schema={group.schema} rows={group.ruleGroup.rules.length} />
      )}
    </>
  );
});

type DropAtEndProps = Pick<UseRuleGroup, "path" | "schema"> & { readonly rows: number };

function DropAtEnd({ path, schema, rows }: DropAtEndProps) {
  const ref = useRef<HTMLDivElement>(null);
  const [{ isOver, isDragging }, drop] = ReactDnD.useDrop(
    () => ({
      accept: ["rule", "ruleGroup"],
      canDrop: (dragging: CustomCanDropParams["dragging"]) =>
        fitsInto(dragging, path.length + 1) && !isWithin(path, dragging.path) && !isLastOf(path, rows, dragging.path),
      collect: (monitor) => ({ isOver: monitor.isOver() && monitor.canDrop(), isDragging: monitor.canDrop() }),
      // The library puts what is dropped on a row below that row.
      drop: () => ({
        type: "rule",
        path: [...path, rows - 1],
        ...{ qbId: schema.qbId, getQuery: schema.getQuery, dispatchQuery: schema.dispatchQuery },
      }),
    }),
    [path, rows, schema],
  );
  drop(ref);
  return (
    <div ref={ref} className={styles.tail} data-over={isOver || undefined} data-dragging={isDragging || undefined} />
  );
}

function isWithin(path: readonly number[], ancestor: readonly number[]): boolean {
  return ancestor.every((step, index) => path[index] === step);
}

function isLastOf(group: readonly number[], rows: number, path: readonly number[]): boolean {
  return path.length === group.length + 1 && isWithin(path, group) && path.at(-1) === rows - 1;
}
