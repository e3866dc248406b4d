/** What was, what is, what was undone. `field` and `at` say of what the last edit was, so that typing is one step. */
export type EditHistory<Content> = {
  readonly past: readonly Content[];
  readonly present: Content;
  readonly future: readonly Content[];
  readonly field: string | null;
  readonly at: number;
};

const steps = 200;
const oneStepMs = 1_200;

export function startHistory<Content>(present: Content): EditHistory<Content> {
  return { past: [], present, future: [], field: null, at: 0 };
}

/** Edits of the same `field` that follow each other within 1.2 s are undone together; `field` null never joins. */
export function recordEdit<Content>(
  history: EditHistory<Content>,
  present: Content,
  field: string | null,
  at: number,
): EditHistory<Content> {
  if (present === history.present) return history;
  const joins = field !== null && field === history.field && at - history.at < oneStepMs;
  const past = joins ? history.past : [...history.past, history.present].slice(-steps);
  return { past, present, future: [], field, at };
}

export function undo<Content>(history: EditHistory<Content>): EditHistory<Content> {
  const present = history.past.at(-1);
  if (present === undefined) return history;
  return { past: history.past.slice(0, -1), present, future: [history.present, ...history.future], field: null, at: 0 };
}

export function redo<Content>(history: EditHistory<Content>): EditHistory<Content> {
  const [present, ...future] = history.future;
  if (present === undefined) return history;
  return { past: [...history.past, history.present], present, future, field: null, at: 0 };
}
