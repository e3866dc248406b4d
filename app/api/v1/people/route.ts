import { listPeopleOperation } from "@/lib/access/operations";
import { listPeople } from "@/lib/access/server/list-people";
import { route } from "@/lib/http/route";

export const GET = route(listPeopleOperation, (ctx) => listPeople(ctx));
