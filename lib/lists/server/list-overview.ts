import { toPersonSummary } from "../../access/server/person-summary";
import { customerRounding } from "../../catalogue/small-cells";
import { notFound } from "../../errors";
import type { Context } from "../../server/context";
import type { ListOverview } from "../contract";
import { expiringSoon } from "../expiring-soon";
import { contentOf, newestHeads } from "./list-content";
import { listItems } from "./list-row";

/** All lists, or the one with the key, with who uploaded last and how many entries are about to expire. */
export async function listOverviews({ db, actor, now }: Context, key?: string): Promise<ListOverview[]> {
  const round = customerRounding(actor);
  const [items, heads, uploads] = await Promise.all([
    listItems(db, round, key),
    newestHeads(db, key === undefined ? undefined : [key]),
    db.managedListVersion.findMany({
      ...(key === undefined ? {} : { where: { listKey: key } }),
      orderBy: [{ listKey: "asc" }, { number: "desc" }],
      distinct: ["listKey"],
      select: { listKey: true, createdBy: true },
    }),
  ]);
  const people = new Map(uploads.map(({ listKey, createdBy }) => [listKey, toPersonSummary(createdBy)]));
  return Promise.all(
    items.map(async (item) => {
      const head = heads.get(item.key);
      const content = head ? await contentOf(db, head) : [];
      const uploadedBy = people.get(item.key) ?? null;
      return { ...item, uploadedBy, expiringSoon: round(expiringSoon(content, now.getTime())) };
    }),
  );
}

export async function requireListOverview(ctx: Context, key: string): Promise<ListOverview> {
  const [found] = await listOverviews(ctx, key);
  if (!found) throw notFound("list", key);
  return found;
}
