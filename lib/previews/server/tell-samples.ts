import { customerSubject } from "../../audit/server/customer-subject";
import { recordAudit } from "../../audit/server/record";
import { maskingFor } from "../../catalogue/personal";
import { viewerWith } from "../../customers/access-purpose";
import type { ImpactSample } from "../../engine/answers";
import type { Engine } from "../../engine/engine";
import type { Profile } from "../../rules/definition";
import { attributesUsed } from "../../segments/attributes-used";
import type { Context } from "../../server/context";
import type { Preview } from "../contract";
import { sampleOf } from "../sample-words";
import type { CountedDocument } from "./count-document";

type Samples = NonNullable<Preview["impact"]>["samples"];
type Found = { readonly profile: Profile; readonly cause: ImpactSample["cause"] };

/**
 * Some who would enter and leave, for an actor who may look customers up. That they were shown is recorded before
 * anything is answered, as every look is.
 */
export async function tellSamples(
  ctx: Context,
  { document, vocabulary, samples }: CountedDocument,
  { environment, engine }: { readonly environment: string; readonly engine: Pick<Engine, "get"> },
): Promise<Samples> {
  const [entering, leaving] = await Promise.all([found(samples.entering, engine), found(samples.leaving, engine)]);
  const shown = [...entering, ...leaving].map(({ profile }) => profile);
  if (shown.length === 0) return { entering: [], leaving: [] };
  const attributes = attributesUsed(document.definition.rule);
  // Nobody names a purpose for a preview, so personal values stay covered here: the look at one customer asks for it.
  const isMasked = maskingFor(viewerWith(ctx.actor, null), vocabulary.attributes);
  const after = { environment, shown: await Promise.all(shown.map(({ id }) => customerSubject(ctx.db, id))) };
  const subject = { type: "segment", id: document.key, name: document.name };
  await ctx.db.$transaction((tx) => recordAudit(tx, ctx, { action: "customer.sampled", subject, after }));
  const tell = ({ profile, cause }: Found) => sampleOf(profile, cause, { attributes, vocabulary, isMasked });
  return { entering: entering.map(tell), leaving: leaving.map(tell) };
}

/** Who is gone since the count is left out. */
async function found(samples: readonly ImpactSample[], engine: Pick<Engine, "get">): Promise<Found[]> {
  const profiles = await Promise.all(samples.map(({ id }) => engine.get(id)));
  return samples.flatMap(({ cause }, index) => {
    const profile = profiles[index];
    return profile ? [{ profile, cause }] : [];
  });
}
