import { disablePersonOperation } from "@/lib/access/operations";
import { disablePerson } from "@/lib/access/server/disable-person";
import { route } from "@/lib/http/route";

export const POST = route(disablePersonOperation, (ctx, { params }) => disablePerson(ctx, params.id ?? ""));
