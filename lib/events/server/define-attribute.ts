import type { z } from "zod";
import { requirePermission } from "../../access/permissions";
import type { createAttributeSchema, createdAttributeSchema } from "../../catalogue/contract";
import { createAttribute } from "../../catalogue/server/create-attribute";
import type { Engine } from "../../engine/engine";
import { DomainError } from "../../errors";
import type { Context } from "../../server/context";
import { checkSource } from "../check-source";
import { loadEventTypes } from "./load-event-types";
import { writeComputed } from "./refresh-attributes";

/** Adds an attribute of any source. A computed one is computed at once, for all the customers there are. */
export async function defineAttribute(
  ctx: Context,
  attribute: z.output<typeof createAttributeSchema>,
  engine: Pick<Engine, "addAttributes" | "refresh">,
): Promise<z.output<typeof createdAttributeSchema>> {
  requirePermission(ctx.actor, "catalogue.write");
  const checked = checkSource(attribute, await loadEventTypes(ctx.db));
  if (!checked.ok)
    throw new DomainError("invalid", `The attribute "${attribute.key}" does not fit its source.`, {
      ...{ reason: "unfit-source", findings: checked.findings },
    });
  const created = await createAttribute(ctx, attribute, engine);
  if (checked.computed) await writeComputed({ db: ctx.db, engine, now: ctx.now }, [checked.computed]);
  return created;
}
