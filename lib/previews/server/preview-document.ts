import { can, requirePermission } from "../../access/permissions";
import { maskingFor } from "../../catalogue/personal";
import { customerRounding, minimumCell } from "../../catalogue/small-cells";
import { viewerWith } from "../../customers/access-purpose";
import { getEngine } from "../../engine/server/engine-instance";
import type { Context } from "../../server/context";
import type { Preview } from "../contract";
import { roundPreview } from "../round-preview";
import { tellByAttribute } from "../tell-by-attribute";
import { type CountedDocument, countDocument } from "./count-document";
import { tellSamples } from "./tell-samples";

export type PreviewDocumentInput = {
  readonly document: unknown;
  readonly environment: string;
  readonly asOf?: string | undefined;
  readonly by?: string | undefined;
};

/** Of those who enter, and of those who leave. */
const samplesTold = 20;

/** What the editor shows beside the rule: numbers, values and customers as far as the actor may know them. */
export async function previewDocument(
  ctx: Context,
  { document, environment, asOf, by }: PreviewDocumentInput,
  signal?: AbortSignal,
): Promise<Preview> {
  requirePermission(ctx.actor, "preview.run");
  const looksUp = can(ctx.actor, "customer.read");
  const counted = await countDocument(ctx.db, {
    ...{ document, environment, asOf: asOf === undefined ? ctx.now : new Date(asOf), for: ctx.actor.id },
    ...(by === undefined ? {} : { by }),
    ...(looksUp ? { samples: samplesTold } : { ends: minimumCell }),
    ...(signal ? { signal } : {}),
  });
  const told = roundPreview(counted.preview, customerRounding(ctx.actor));
  const byAttribute = toldByAttribute(ctx, counted);
  const { impact } = told;
  return {
    ...told,
    ...(byAttribute && { byAttribute }),
    ...(impact && {
      impact: { ...impact, samples: await tellSamples(ctx, counted, { environment, engine: getEngine() }) },
    }),
  };
}

function toldByAttribute({ actor }: Context, { preview, vocabulary }: CountedDocument): Preview["byAttribute"] {
  const { byAttribute, members } = preview;
  const attribute = byAttribute && vocabulary.attributes.get(byAttribute.attribute);
  if (!attribute) return undefined;
  const isMasked = maskingFor(viewerWith(actor, null), vocabulary.attributes);
  return tellByAttribute(byAttribute, {
    ...{ type: attribute.type, members, exact: can(actor, "customer.read"), round: customerRounding(actor) },
    isMasked: (value) => isMasked(attribute.key, value),
  });
}
