import { can, requirePermission } from "../../access/permissions";
import { notFound } from "../../errors";
import type { Context } from "../../server/context";
import type { AttributeStatisticsAnswer } from "../contract";
import type { Attribute } from "../definition";
import { isPersonal } from "../personal";
import type { ProfileStore, StoredStatistics } from "../profile-store";
import { customerRounding, minimumCell } from "../small-cells";
import { attributeItem } from "./list-attributes";
import { attributeOf, loadCatalogue } from "./load-catalogue";
import { storedStatistics } from "./stored-statistics";
import { segmentsByKey } from "./usage";

/**
 * What people who may not look customers up are not told: values that fewer customers than a cell have, and the two
 * ends of a range (each may be one customer's). Personal values are told to nobody here: who needs them looks one
 * customer up and says what for.
 */
export async function attributeStatistics(
  ctx: Context,
  key: string,
  store: ProfileStore,
): Promise<AttributeStatisticsAnswer> {
  requirePermission(ctx.actor, "catalogue.read");
  const row = await ctx.db.attribute.findUnique({ where: { key } });
  if (!row) throw notFound("attribute", key);
  const attribute = (await loadCatalogue(ctx.db)).attributes.get(key) ?? attributeOf(row);
  const [statistics, segments] = await Promise.all([storedStatistics(store, key), segmentsByKey(ctx.db, "attributes")]);
  const round = customerRounding(ctx.actor);
  const told = tellable(ctx.actor, attribute, statistics);
  return {
    attribute: attributeItem(row, segments.get(key) ?? 0, statistics, round),
    customers: round(statistics.customers),
    missing: round(statistics.missing),
    values: told.values.map(({ value, customers }) => ({ value, customers: round(customers) })),
    least: told.least ?? null,
    greatest: told.greatest ?? null,
  };
}

function tellable(
  actor: Context["actor"],
  attribute: Attribute,
  { values, least, greatest }: StoredStatistics,
): Pick<StoredStatistics, "values" | "least" | "greatest"> {
  const exact = can(actor, "customer.read");
  const mayTell = (value: string | undefined) => !isPersonal(attribute, value);
  return {
    values: values.filter(({ value, customers }) => (exact || customers >= minimumCell) && mayTell(value)),
    ...(exact && mayTell(undefined) && least !== undefined && greatest !== undefined ? { least, greatest } : {}),
  };
}
