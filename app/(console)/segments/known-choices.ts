import type { QueryKey } from "@tanstack/react-query";
import { peopleQuery } from "@/lib/access/queries";
import { listPeople } from "@/lib/access/server/list-people";
import { attributeListQuery, purposeListQuery, regionListQuery } from "@/lib/catalogue/queries";
import { listAttributes } from "@/lib/catalogue/server/list-attributes";
import { listPurposes } from "@/lib/catalogue/server/list-purposes";
import { listRegions } from "@/lib/catalogue/server/list-regions";
import { getEngine } from "@/lib/engine/server/engine-instance";
import { environmentListQuery } from "@/lib/releases/queries";
import { listEnvironments } from "@/lib/releases/server/list-environments";
import type { Context } from "@/lib/server/context";

/** What documents may name and what it is called, as the pages below hand it to their screens. */
export async function knownChoices(ctx: Context): Promise<(readonly [QueryKey, unknown])[]> {
  const engine = getEngine();
  const [attributes, purposes, regions, people, environments] = await Promise.all([
    listAttributes(ctx, engine),
    listPurposes(ctx),
    listRegions(ctx, engine),
    listPeople(ctx),
    listEnvironments(ctx),
  ]);
  return [
    [attributeListQuery().queryKey, attributes],
    [purposeListQuery().queryKey, purposes],
    [regionListQuery().queryKey, regions],
    [peopleQuery().queryKey, people],
    [environmentListQuery().queryKey, environments],
  ];
}
