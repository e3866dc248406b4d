import type { z } from "zod";
import { effectiveTreatments } from "../../customers/treatments";
import type { feedCustomerSchema } from "../wire";
import type { Feed } from "./feed";
import type { FeedKey } from "./keyring";
import { FeedRefusal } from "./problems";
import type { ScopeView } from "./scope-view";

/** What the scope's segments say of one customer. One who resides elsewhere is not found, as one who is not there. */
export async function lookUpForConsumer(
  feed: Feed,
  key: FeedKey,
  view: ScopeView,
  id: string,
): Promise<z.input<typeof feedCustomerSchema>> {
  const asOf = feed.now();
  const profile = await feed
    .engine()
    .get(id)
    .catch(() => {
      throw new FeedRefusal("unavailable", 5);
    });
  if (profile?.region === undefined || !key.scope.regions.includes(profile.region)) throw new FeedRefusal("not-found");
  const claims = [...view.segments.values()]
    .filter(({ takes }) => takes(profile, asOf))
    .map(({ definition }) => definition);
  return {
    environment: view.environment,
    revision: view.revision,
    customer: { id: profile.id },
    asOf: new Date(asOf).toISOString(),
    segments: claims.map(({ key, name, version, hash, precedence, standing }) => {
      return { key, name, version, hash, precedence, standing };
    }),
    treatments: effectiveTreatments(claims).map((each) => ({ ...each, over: [...each.over] })),
  };
}
