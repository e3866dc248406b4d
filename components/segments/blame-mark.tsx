import { Tooltip } from "@mantine/core";
import { formatDay } from "@/components/ui/instant-format";
import { TextLink } from "@/components/ui/link-button";
import { Mono } from "@/components/ui/mono";
import type { VersionLineItem } from "@/lib/releases/history-contract";
import styles from "./segments.module.css";

/** Which version made it so, who wrote that and when it went live; why and who approved is behind it. */
export function BlameMark({ version }: { readonly version: VersionLineItem | undefined }) {
  if (!version) return null;
  const { id, number, author, submittedAt, createdAt } = version;
  return (
    <span className={styles.blame}>
      <Tooltip label={<Why version={version} />} multiline maw={360} events={{ hover: true, focus: true, touch: true }}>
        <TextLink href={`/reviews/${id}`} c="inherit">
          <Mono>v{number}</Mono> {author.name},{" "}
          {formatDay(firstRelease(version)?.createdAt ?? submittedAt ?? createdAt)}
        </TextLink>
      </Tooltip>
    </span>
  );
}

function Why({ version }: { readonly version: VersionLineItem }) {
  const { note, author, contributors, approvals } = version;
  const others = contributors.filter(({ id }) => id !== author.id).map(({ name }) => name);
  const first = firstRelease(version);
  return (
    <>
      <div>{note || "No note was given."}</div>
      <div>
        Written by {author.name}
        {others.length > 0 && ` with ${others.join(", ")}`}.
      </div>
      <div>
        {approvals.length > 0
          ? `Approved by ${approvals.map(({ person }) => person.name).join(", ")}.`
          : "Approved by nobody."}
      </div>
      {first && (
        <div>
          Released {formatDay(first.createdAt)} by {first.actor.name}.
        </div>
      )}
    </>
  );
}

/** The first time in production; releases come newest first. */
function firstRelease({ releases }: VersionLineItem) {
  return releases.findLast(({ environment, kind }) => environment === "production" && kind !== "kill");
}
