import type { Comment } from "@/lib/versions/comment-contract";

export type Thread = { readonly first: Comment; readonly answers: readonly Comment[] };

/** Comments come oldest first, and so do threads and what is answered in each. */
export function threadsOf(comments: readonly Comment[]): readonly Thread[] {
  const answers = Map.groupBy(comments, ({ parentId }) => parentId);
  return (answers.get(null) ?? []).map((first) => ({ first, answers: answers.get(first.id) ?? [] }));
}

/** How many threads are open at each place of the document. */
export function openByPlace(comments: readonly Comment[]): ReadonlyMap<string, number> {
  const open = new Map<string, number>();
  for (const { anchor, parentId, resolvedAt } of comments) {
    if (anchor && parentId === null && resolvedAt === null) open.set(anchor.path, (open.get(anchor.path) ?? 0) + 1);
  }
  return open;
}
