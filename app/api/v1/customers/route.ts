import { searchCustomersOperation } from "@/lib/customers/operations";
import { searchByIdentifier, searchCustomers } from "@/lib/customers/server/search-customers";
import { getEngine } from "@/lib/engine/server/engine-instance";
import { route } from "@/lib/http/route";

export const GET = route(searchCustomersOperation, (ctx, { query: { query, identifier } }) =>
  identifier === undefined
    ? searchCustomers(ctx, query, getEngine())
    : searchByIdentifier(ctx, identifier, getEngine()),
);
