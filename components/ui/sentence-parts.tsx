import { Fragment } from "react";
import styles from "./text.module.css";

export type SentencePart = {
  readonly text: string;
  /** subject: what is spoken of (strong); join: "and any of" (dim); otherwise plain. */
  readonly kind: "text" | "subject" | "value" | "join";
};

/** A rule in words; the parts carry their own spaces. */
export function SentenceParts({ parts }: { readonly parts: readonly SentencePart[] }) {
  return (
    <span>
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: words of one sentence have no other identity
        <Fragment key={index}>
          {part.kind === "subject" && <b className={styles.subject}>{part.text}</b>}
          {part.kind === "join" && <span className={styles.join}>{part.text}</span>}
          {(part.kind === "text" || part.kind === "value") && part.text}
        </Fragment>
      ))}
    </span>
  );
}
