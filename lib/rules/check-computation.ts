import type { Aggregate, AttributeType } from "../catalogue/definition";
import type { AttributeCondition, Window } from "./definition";

/** A computation that fits its event type: its filter is checked, its property known. */
export type CheckedComputation = {
  readonly aggregate: Aggregate;
  /** Absent for `count`; `at` is the event's own instant. */
  readonly property: string | undefined;
  readonly window: Window | undefined;
  readonly filter: readonly AttributeCondition[];
  /** What the attribute holds. */
  readonly type: AttributeType;
};
