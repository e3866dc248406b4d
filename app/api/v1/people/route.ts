import { listPeopleOperation } from "@/lib/access/operations";
import { listPeople } from "@/lib/access/server/list-people";
import { addPersonOperation } from "@/lib/changes/operations";
import { addPerson } from "@/lib/changes/server/add-person";
import { route } from "@/lib/http/route";

export const GET = route(listPeopleOperation, (ctx) => listPeople(ctx));
export const POST = route(addPersonOperation, (ctx, { body }) => addPerson(ctx, body));
