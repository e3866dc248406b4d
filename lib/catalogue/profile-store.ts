import type { Attribute } from "./definition";

/** What the catalogue asks of wherever customers are stored; the engine is one. */
export type ProfileStore = {
  addAttributes(attributes: readonly Attribute[]): Promise<void>;
  population(): Promise<number>;
  statistics(attribute: string): Promise<StoredStatistics>;
  byRegion(): Promise<readonly { readonly region: string | null; readonly customers: number }[]>;
  /** When customers last changed, milliseconds; null when there are none. */
  changedAt(): Promise<number | null>;
};

export type StoredStatistics = {
  readonly customers: number;
  readonly missing: number;
  readonly values: readonly { readonly value: string; readonly customers: number }[];
  readonly least?: number;
  readonly greatest?: number;
};
