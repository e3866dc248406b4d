import { requirePermission } from "../../access/permissions";
import { customerRounding } from "../../catalogue/small-cells";
import type { Context } from "../../server/context";
import { requireRoom, requireTerms, requireUpload } from "../accept-upload";
import { combine, differenceOf } from "../combine";
import type { UploadPreview } from "../contract";
import { contentOf, newestHeads } from "./list-content";
import { requireListItem } from "./list-row";
import type { UploadListInput } from "./upload-list";

/** What `uploadList` would change if it were called now; whatever that refuses is refused here too. */
export async function previewUpload(ctx: Context, input: UploadListInput): Promise<UploadPreview> {
  requirePermission(ctx.actor, "segment.write");
  const round = customerRounding(ctx.actor);
  await requireListItem(ctx.db, round, input.key);
  const before = (await newestHeads(ctx.db, [input.key])).get(input.key);
  const from = before?.number ?? 0;
  const { mode } = requireTerms({ ...input, basedOn: input.basedOn ?? from });
  const upload = requireUpload(input);
  const held = before ? await contentOf(ctx.db, before) : [];
  const content = combine(held, upload.entries, mode);
  requireRoom(content);
  const { added, removed, changed } = differenceOf(held, content);
  return {
    from,
    ...{ added: round(added), removed: round(removed), changed: round(changed) },
    ...{ kept: round(held.length - removed), size: round(content.length) },
  };
}
