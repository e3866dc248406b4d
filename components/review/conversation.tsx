import { Button, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type Ref, useState } from "react";
import { useCan } from "@/components/layout/viewer";
import { ErrorLine } from "@/components/ui/error-state";
import { Initials } from "@/components/ui/initials";
import { TimeAgo } from "@/components/ui/instant";
import { HashText } from "@/components/ui/mono";
import { Section } from "@/components/ui/section";
import type { Anchor, Comment } from "@/lib/versions/comment-contract";
import type { Review, Verdict } from "@/lib/versions/contract";
import { addComment } from "@/lib/versions/mutations";
import { CommentThread } from "./comment-thread";
import styles from "./review.module.css";
import { type Thread, threadsOf } from "./threads";

const did = {
  approve: "approved",
  request_changes: "asked for changes on",
  reject: "rejected",
} as const satisfies Record<Verdict["verdict"], string>;

type ConversationProps = {
  readonly review: Review;
  readonly comments: readonly Comment[];
  readonly anchor: Anchor | null;
  readonly onAnchor: (anchor: Anchor | null) => void;
  readonly composer: Ref<HTMLTextAreaElement>;
};

/** The author's note, then verdicts and threads in the order in which they began. */
export function Conversation({ review, comments, anchor, onAnchor, composer }: ConversationProps) {
  const { version, approvals } = review;
  const said = [...approvals.verdicts, ...threadsOf(comments)].sort((a, b) => (beganAt(a) < beganAt(b) ? -1 : 1));
  return (
    <Section title="Conversation" count={said.length > 0 ? said.length : undefined}>
      <article className={styles.talk}>
        <Initials name={version.author.name} />
        <div>
          <p>
            <b>{version.author.name}</b>{" "}
            <span className={styles.because}>{version.submittedAt ? "submitted" : "opened"} </span>
            <span className={styles.because}>
              <TimeAgo at={version.submittedAt ?? version.createdAt} />
            </span>
          </p>
          <p>{version.note || "No note was given."}</p>
        </div>
      </article>
      {said.map((each) =>
        "first" in each ? (
          <CommentThread key={each.first.id} thread={each} version={version} />
        ) : (
          <Judged key={each.id} verdict={each} />
        ),
      )}
      <Composer versionId={version.id} anchor={anchor} onAnchor={onAnchor} field={composer} />
    </Section>
  );
}

function beganAt(each: Verdict | Thread): string {
  return "first" in each ? each.first.createdAt : each.createdAt;
}

function Judged({ verdict }: { readonly verdict: Verdict }) {
  return (
    <article className={styles.talk}>
      <Initials name={verdict.person.name} />
      <div>
        <p>
          <b>{verdict.person.name}</b> <span className={styles.because}>{did[verdict.verdict]} </span>
          <HashText hash={verdict.contentHash} />{" "}
          <span className={styles.because}>
            <TimeAgo at={verdict.createdAt} />
            {verdict.whyNot ? `, ${verdict.whyNot}` : ""}
          </span>
        </p>
        {verdict.comment && <p>{verdict.comment}</p>}
      </div>
    </article>
  );
}

type ComposerProps = Pick<ConversationProps, "anchor" | "onAnchor"> & {
  readonly versionId: string;
  readonly field: Ref<HTMLTextAreaElement>;
};

function Composer({ versionId, anchor, onAnchor, field }: ComposerProps) {
  const [body, setBody] = useState("");
  const add = useMutation(addComment);
  if (!useCan("comment.write")) return null;
  function send(): void {
    if (body.trim() === "" || add.isPending) return;
    const about = anchor ? { anchor } : {};
    add.mutate(
      { versionId, body, ...about },
      {
        onSuccess: () => {
          setBody("");
          onAnchor(null);
        },
      },
    );
  }
  return (
    <div className={styles.composer}>
      {anchor && (
        <div className={styles.quote}>
          <span>About “{anchor.text}”</span>
          <Button size="compact-xs" variant="subtle" onClick={() => onAnchor(null)}>
            About the whole
          </Button>
        </div>
      )}
      <Textarea
        ref={field}
        aria-label={anchor ? `Comment on “${anchor.text}”` : "Comment on this version"}
        placeholder="Ask, or say what you found. A line of the rule or a field is chosen with the sign beside it."
        autosize
        minRows={2}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
        onKeyDown={(event) => (event.ctrlKey || event.metaKey) && event.key === "Enter" && send()}
      />
      <ErrorLine error={add.error} />
      <div>
        <Button size="xs" onClick={send} loading={add.isPending} disabled={body.trim() === ""}>
          Comment
        </Button>
      </div>
    </div>
  );
}
