import { isDomainError } from "../../errors";
import type { ProfileStore, StoredStatistics } from "../profile-store";

type Known = { readonly changedAt: number | null; readonly byKey: Map<string, Promise<StoredStatistics>> };

const known = new WeakMap<object, Known>();

/** Statistics of a stored attribute, counted once for as long as no customer changes. */
export async function storedStatistics(store: ProfileStore, attribute: string): Promise<StoredStatistics> {
  const changedAt = await store.changedAt();
  let current = known.get(store);
  if (!current || current.changedAt !== changedAt) {
    current = { changedAt, byKey: new Map() };
    known.set(store, current);
  }
  const { byKey } = current;
  let statistics = byKey.get(attribute);
  if (!statistics) {
    statistics = store.statistics(attribute).catch((error: unknown) => withoutColumn(store, error));
    byKey.set(attribute, statistics);
    statistics.catch(() => byKey.delete(attribute));
  }
  return statistics;
}

/** A data folder that was started anew knows no column of an attribute: everyone lacks it. */
async function withoutColumn(store: ProfileStore, error: unknown): Promise<StoredStatistics> {
  if (!isDomainError(error) || error.code !== "not-found") throw error;
  const customers = await store.population();
  return { customers, missing: customers, values: [] };
}
