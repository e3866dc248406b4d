import type { HotkeyItem } from "@mantine/hooks";
import type { EditorState } from "./use-editor-state";

/** Ctrl Z and its kin for the whole document; fields that keep text of their own undo that themselves. */
export function undoByKey(state: Pick<EditorState, "undo" | "redo">): HotkeyItem[] {
  const unlessOwn = (run: () => void) => (event: KeyboardEvent) => {
    if (event.target instanceof Element && event.target.closest("[data-own-undo], [role=dialog]")) return;
    event.preventDefault();
    run();
  };
  const options = { preventDefault: false };
  return [
    ["mod+Z", unlessOwn(state.undo), options],
    ["mod+shift+Z", unlessOwn(state.redo), options],
    ["mod+Y", unlessOwn(state.redo), options],
  ];
}
