import type { z } from "zod";
import { currentId } from "../../../customers/server/find-customer";
import { loadNamespaces } from "../../../customers/server/namespaces";
import type { Profile } from "../../../rules/definition";
import { effectiveTreatments } from "../../../rules/precedence";
import type { feedCustomerSchema } from "../../wire";
import type { FeedKey } from "../door/keyring";
import { FeedRefusal } from "../door/problems";
import type { Feed } from "../feed";
import type { ScopeView } from "../views/scope-view";
import { fromEngine } from "./logged-revision";

/** A customer's id, or with a namespace what names them there. */
export type NamedCustomer = { readonly value: string; readonly namespace: string | undefined };

/** What the scope's segments say of one customer, who is named as they are named here: by their id. One who resides elsewhere is not found, as one who is not there. */
export async function lookUpForConsumer(
  feed: Feed,
  key: FeedKey,
  view: ScopeView,
  named: NamedCustomer,
): Promise<z.input<typeof feedCustomerSchema>> {
  const asOf = feed.now();
  const profile = await fromEngine(() => profileOf(feed, named));
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

async function profileOf(feed: Feed, { value, namespace }: NamedCustomer): Promise<Profile | null> {
  const engine = feed.engine();
  if (namespace === undefined) return (await engine.get(value)) ?? engine.get(await currentId(engine, value));
  const keep = (await loadNamespaces(feed.db)).get(namespace);
  if (!keep) throw new FeedRefusal("unknown-namespace");
  const kept = keep(value);
  const id = kept === null ? null : await engine.findByIdentity(namespace, kept);
  return id === null ? null : engine.get(id);
}
