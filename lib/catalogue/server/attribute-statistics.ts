import { can, requirePermission } from "../../access/permissions";
import { notFound } from "../../errors";
import type { Context } from "../../server/context";
import type { AttributeStatisticsAnswer } from "../contract";
import type { ProfileStore, StoredStatistics } from "../profile-store";
import { customerRounding, minimumCell } from "../small-cells";
import { attributeItem } from "./list-attributes";
import { attributeOf } from "./load-catalogue";
import { storedStatistics } from "./stored-statistics";
import { segmentsByKey } from "./usage";

/**
 * What people who may not look customers up are not told: values that fewer customers than a cell have, the two
 * ends of a range (each may be one customer's), and any value of a personal attribute.
 */
export async function attributeStatistics(
  ctx: Context,
  key: string,
  store: ProfileStore,
): Promise<AttributeStatisticsAnswer> {
  requirePermission(ctx.actor, "catalogue.read");
  const row = await ctx.db.attribute.findUnique({ where: { key } });
  if (!row) throw notFound("attribute", key);
  const attribute = attributeOf(row);
  const [statistics, segments] = await Promise.all([storedStatistics(store, key), segmentsByKey(ctx.db, "attributes")]);
  const round = customerRounding(ctx.actor);
  const personal = attribute.labels.some((label) => label === "personal" || label === "special");
  const told = tellable(statistics, { exact: can(ctx.actor, "customer.read"), personal });
  return {
    attribute: attributeItem(attribute, segments.get(key) ?? 0, statistics, round),
    customers: round(statistics.customers),
    missing: round(statistics.missing),
    values: told.values.map(({ value, customers }) => ({ value, customers: round(customers) })),
    least: told.least ?? null,
    greatest: told.greatest ?? null,
  };
}

function tellable(
  { values, least, greatest }: StoredStatistics,
  { exact, personal }: { exact: boolean; personal: boolean },
): Pick<StoredStatistics, "values" | "least" | "greatest"> {
  if (exact)
    return { values, ...(least === undefined ? {} : { least }), ...(greatest === undefined ? {} : { greatest }) };
  return { values: personal ? [] : values.filter(({ customers }) => customers >= minimumCell) };
}
