import type { ErasedCustomers } from "../../audit/server/erased-customers";
import { catalogueOf, type EventType, instantOfEvent } from "../../catalogue/definition";
import type { CustomerEvent } from "../../engine/customer-records";
import type { Engine } from "../../engine/engine";
import { largestNumber } from "../../engine/exact-decimal";
import type { Profile } from "../../rules/definition";
import { customerKey, type EventMapping, eventRows } from "../event-mapping";
import { type ImportResult, type RunImportOptions, runImport, withErased } from "./run-import";
import { stagedParts, withStagedEngine } from "./staged-engine";

export type ImportEventsOptions = Pick<
  RunImportOptions,
  "file" | "fileName" | "rejectsFile" | "onProgress" | "signal"
> & {
  readonly engine: Pick<Engine, "addEventTypes" | "appendEvents" | "mergedInto">;
  /** Whose events are not taken. */
  readonly erased?: ErasedCustomers;
  readonly mapping: EventMapping;
  readonly eventType: EventType;
};

/**
 * Reads and checks a file of events as one of customers, beside them, and hands over from there part by part. What was
 * taken when it breaks off stays: the same import again completes it, as no event counts twice. `updated` are events
 * that were known, or stood earlier in the file; the earliest stays.
 */
export async function importEvents(options: ImportEventsOptions): Promise<ImportResult> {
  const { engine, eventType, mapping, signal, file, fileName, rejectsFile, onProgress, erased } = options;
  const rows = eventRows(mapping, eventType);
  return withStagedEngine(file, async (staged) => {
    const read = await runImport({
      ...{ engine: staged, catalogue: catalogueOf({ attributes: rows.attributes }), mapping: rows.mapping },
      ...{ file, fileName, rejectsFile, ...(onProgress && { onProgress }), ...(signal && { signal }) },
      ...{
        demands: {
          ...{ required: [customerKey, instantOfEvent], because: "every event has a customer and an instant" },
          ...{ verbatim: [customerKey], largestNumber },
        },
        keeps: "first",
      },
    });
    await engine.addEventTypes([eventType]);
    let [updated, gone] = [read.updated, 0];
    for await (const part of stagedParts(staged)) {
      signal?.throwIfAborted();
      const events = part.map((row) => eventOf(row, eventType.key));
      const taken = await ofWhoIs(events, { engine, erased });
      gone += events.length - taken.length;
      const { repeated } = await engine.appendEvents(taken);
      updated += repeated;
    }
    return withErased({ ...read, accepted: read.accepted - gone, updated }, gone);
  });
}

/** Without those of who was erased; who was merged is somebody else now. */
async function ofWhoIs(
  events: readonly CustomerEvent[],
  { engine, erased }: Pick<ImportEventsOptions, "erased"> & { readonly engine: Pick<Engine, "mergedInto"> },
): Promise<readonly CustomerEvent[]> {
  const customers = [...new Set(events.map(({ customerId }) => customerId))];
  const current = await engine.mergedInto(customers);
  const gone = await erased?.among(customers);
  return events
    .filter(({ customerId }) => !gone?.has(customerId))
    .map((event) => ({ ...event, customerId: current.get(event.customerId) ?? event.customerId }));
}

function eventOf({ id, attributes }: Profile, type: string): CustomerEvent {
  const { [customerKey]: customer, [instantOfEvent]: at, ...given } = attributes;
  const properties: Record<string, string | number | boolean> = {};
  for (const [key, value] of Object.entries(given)) if (typeof value !== "object") properties[key] = value;
  return { id, customerId: String(customer), type, at: Number(at), properties };
}
