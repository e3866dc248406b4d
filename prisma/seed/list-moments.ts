import { createList } from "../../lib/lists/server/create-list";
import { uploadList } from "../../lib/lists/server/upload-list";
import type { Context } from "../../lib/server/context";
import type { Database } from "../../lib/server/database";
import { hourMilliseconds } from "./calendar";
import { type Cast, requireActor } from "./create-people";
import { type DemoList, demoLists } from "./lists";
import type { Moment } from "./populate";
import type { StoryContext } from "./stories/story";

/** Lists as their keepers made and changed them. */
export function listMoments(db: Database, cast: Cast, context: StoryContext): Moment[] {
  return demoLists(context).flatMap((list) =>
    list.uploads.map((upload, index) => {
      const at = context.calendar.daysAgo(upload.daysAgo) + 10 * hourMilliseconds;
      return { at, run: () => uploadAt({ db, actor: requireActor(cast, list.by), now: new Date(at) }, list, index) };
    }),
  );
}

async function uploadAt(ctx: Context, { uploads, ...list }: DemoList, index: number): Promise<void> {
  const { key, name, description } = list;
  const upload = uploads[index];
  if (!upload) return;
  if (index === 0) await createList(ctx, { key, name, description });
  const { mode, note, entries } = upload;
  await uploadList(ctx, { key, mode, note, basedOn: index, entries: entries.map((entry) => ({ ...entry })) });
}
