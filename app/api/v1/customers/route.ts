import { searchCustomersOperation } from "@/lib/customers/operations";
import { searchCustomers } from "@/lib/customers/server/search-customers";
import { getEngine } from "@/lib/engine/server/engine-instance";
import { route } from "@/lib/http/route";

export const GET = route(searchCustomersOperation, (ctx, { query }) => searchCustomers(ctx, query.query, getEngine()));
