import { route } from "@/lib/http/route";
import { setNoticePreferencesOperation } from "@/lib/notices/operations";
import { setNoticePreferences } from "@/lib/notices/server/inbox";

export const PUT = route(setNoticePreferencesOperation, (ctx, { body }) => setNoticePreferences(ctx, body));
