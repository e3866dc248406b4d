import { Button, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useCan } from "@/components/layout/viewer";
import { ErrorLine } from "@/components/ui/error-state";
import { Initials } from "@/components/ui/initials";
import { TimeAgo } from "@/components/ui/instant";
import type { Comment } from "@/lib/versions/comment-contract";
import type { Version } from "@/lib/versions/contract";
import { addComment, resolveComment } from "@/lib/versions/mutations";
import styles from "./review.module.css";
import type { Thread } from "./threads";

type CommentThreadProps = { readonly thread: Thread; readonly version: Version };

/** A thread with its place; a settled one is folded to a line. */
export function CommentThread({ thread: { first, answers }, version }: CommentThreadProps) {
  const settled = first.resolvedAt !== null;
  const [shown, setShown] = useState(!settled);
  const mayWrite = useCan("comment.write");
  const resolve = useMutation(resolveComment);
  const settle = () =>
    resolve.mutate({ versionId: version.id, id: first.id, resolved: !settled }, { onSuccess: () => setShown(settled) });
  return (
    <article id={`comment-${first.id}`} className={styles.thread} data-settled={settled || undefined}>
      {first.anchor && (
        <div className={styles.quote}>
          <span>About “{first.anchor.text}”</span>
          {first.contentHash !== version.contentHash && <span>said on an earlier content</span>}
        </div>
      )}
      {shown ? (
        <>
          {[first, ...answers].map((comment) => (
            <Said key={comment.id} comment={comment} />
          ))}
          {mayWrite && !settled && <Answer versionId={version.id} parentId={first.id} />}
        </>
      ) : (
        <p className={styles.folded}>
          {first.person.name}: {first.body}
        </p>
      )}
      <ErrorLine error={resolve.error} />
      <div className={styles.threadActions}>
        {settled && <span className={styles.because}>Settled by {first.resolvedBy}</span>}
        {settled && (
          <Button size="compact-xs" variant="subtle" onClick={() => setShown(!shown)}>
            {shown ? "Fold" : "Show"}
          </Button>
        )}
        {mayWrite && (
          <Button size="compact-xs" variant="subtle" onClick={settle} loading={resolve.isPending}>
            {settled ? "Open again" : "Settle"}
          </Button>
        )}
      </div>
    </article>
  );
}

function Said({ comment }: { readonly comment: Comment }) {
  return (
    <div className={styles.talk}>
      <Initials name={comment.person.name} />
      <div>
        <p>
          <b>{comment.person.name}</b>{" "}
          <span className={styles.because}>
            <TimeAgo at={comment.createdAt} />
          </span>
        </p>
        <p>{comment.body}</p>
      </div>
    </div>
  );
}

function Answer({ versionId, parentId }: { readonly versionId: string; readonly parentId: string }) {
  const [body, setBody] = useState("");
  const add = useMutation(addComment);
  function send(): void {
    if (body.trim() === "" || add.isPending) return;
    add.mutate({ versionId, parentId, body }, { onSuccess: () => setBody("") });
  }
  return (
    <div className={styles.composer}>
      <Textarea
        aria-label="Answer"
        placeholder="Answer"
        autosize
        minRows={1}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
        onKeyDown={(event) => (event.ctrlKey || event.metaKey) && event.key === "Enter" && send()}
      />
      <ErrorLine error={add.error} />
      {body.trim() !== "" && (
        <div>
          <Button size="xs" onClick={send} loading={add.isPending}>
            Answer
          </Button>
        </div>
      )}
    </div>
  );
}
