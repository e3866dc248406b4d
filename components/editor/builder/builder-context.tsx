"use client";

import { createContext, type RefObject, useContext } from "react";
import type { AttributeItem } from "@/lib/catalogue/contract";
import type { Finding } from "@/lib/findings";
import type { FunnelStep } from "@/lib/previews/steps";
import type { References } from "../use-vocabulary";

/** What every row of the builder reads. `steps` and `findings` are by the row's place, as "0.2". */
export type BuilderContext = {
  readonly attributes: ReadonlyMap<string, AttributeItem>;
  readonly segments: References;
  readonly lists: References;
  /** Of the segment that the rule is for: it may not refer to itself. */
  readonly ownKey: string;
  readonly steps: ReadonlyMap<string, FunnelStep>;
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
  readonly population: number;
  /** The largest that a condition keeps alone: the length of a full bar. */
  readonly widest: number;
  /** The numbers are of an earlier rule. */
  readonly stale: boolean;
  /** The row that was just added takes the focus when it appears. */
  readonly added: RefObject<string | null>;
};

const Context = createContext<BuilderContext | null>(null);

export const BuilderProvider = Context.Provider;

export function useBuilder(): BuilderContext {
  const context = useContext(Context);
  if (!context) throw new Error("A part of the builder stands outside of it.");
  return context;
}
