import { createAttribute } from "../../lib/catalogue/server/create-attribute";
import { createPurpose } from "../../lib/catalogue/server/create-purpose";
import { createRegion } from "../../lib/catalogue/server/create-region";
import type { Engine } from "../../lib/engine/engine";
import type { Context } from "../../lib/server/context";
import { demoAttributes, demoPurposes, demoRegions } from "./catalogue";

/** Regions, purposes and attributes, with the columns that the attributes are stored in. */
export async function createCatalogue(ctx: Context, engine: Pick<Engine, "addAttributes">): Promise<void> {
  // All columns at once: one rebuild of the layout instead of thirty.
  await engine.addAttributes(demoAttributes);
  for (const region of demoRegions) await createRegion(ctx, region);
  for (const purpose of demoPurposes) await createPurpose(ctx, purpose);
  for (const attribute of demoAttributes) await createAttribute(ctx, attribute, engine);
}
