import { countOf, listOf, objectOf, oneOf, textOf } from "./shape";
import { StewardError } from "./steward-error";

/** What membership needs to know of a change of the feed. */
export type Change =
  | {
      readonly kind: "member";
      readonly revision: number;
      readonly segment: string;
      readonly id: string;
      readonly entered: boolean;
    }
  /** Its members are to be taken whole. */
  | { readonly kind: "whole"; readonly revision: number; readonly segment: string }
  /** Those of every segment are. */
  | { readonly kind: "all"; readonly revision: number };

export type ChangesPage = {
  readonly revision: number;
  readonly changes: readonly Change[];
  /** To go on with; absent where the answer says it elsewhere. */
  readonly next: string | undefined;
  readonly complete: boolean;
};

/** An answer of `/changes`, or the data of a `changes` event. */
export function readChanges(text: string): ChangesPage {
  return understood(() => {
    const { revision, changes, next, complete } = objectOf(JSON.parse(text), "the changes");
    return {
      revision: countOf(revision, "revision"),
      changes: listOf(changes, "changes").flatMap(readChange),
      next: next === undefined ? undefined : textOf(next, "next"),
      complete: complete !== false,
    };
  });
}

/** A release moves members by changes of their own, unless the segment came into the scope or went out of it. */
function readChange(given: unknown, index: number): Change[] {
  const place = `changes[${index}]`;
  const change = objectOf(given, place);
  const revision = countOf(change.revision, `${place}.revision`);
  const kind = oneOf(["member", "segment", "erasure"], change.kind, `${place}.kind`);
  if (kind === "erasure") return [{ kind: "all", revision }];
  const segment = textOf(change.segment, `${place}.segment`);
  if (kind === "member") {
    const entered = oneOf(["entered", "left"], change.change, `${place}.change`) === "entered";
    return [{ kind, revision, segment, id: textOf(change.id, `${place}.id`), entered }];
  }
  const withdrawn = oneOf(["released", "withdrawn"], change.change, `${place}.change`) === "withdrawn";
  return withdrawn || change.whole === true ? [{ kind: "whole", revision, segment }] : [];
}

export type MembersPage = {
  readonly revision: number;
  readonly members: readonly string[];
  readonly next: string | null;
};

/** An answer of `/segments/{key}/members`. */
export function readMembers(text: string): MembersPage {
  return understood(() => {
    const { revision, members, next } = objectOf(JSON.parse(text), "the members");
    return {
      revision: countOf(revision, "revision"),
      members: listOf(members, "members").map((id, index) => textOf(id, `members[${index}]`)),
      next: next === null ? null : textOf(next, "next"),
    };
  });
}

function understood<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new StewardError("malformed-answer", `The feed's answer cannot be read: ${message}.`, { cause: error });
  }
}
