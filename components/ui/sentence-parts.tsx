import type { ReactNode } from "react";
import type { Phrase } from "@/lib/rules/phrase";
import { NewMark, OldMark } from "./diff-mark";
import styles from "./text.module.css";

type PlacedPhrase = { readonly phrase: Phrase; readonly at: number };

/** A rule in words; the phrases carry their own spaces, and marks show what a change adds or takes away. */
export function SentenceParts({ parts }: { readonly parts: readonly Phrase[] }) {
  return (
    <span>
      {placed(parts).map(({ phrase, at }) => (
        <Marked key={at} mark={phrase.mark}>
          <Words phrase={phrase} />
        </Marked>
      ))}
    </span>
  );
}

/** With where each begins in the sentence, which names it. */
function placed(parts: readonly Phrase[]): PlacedPhrase[] {
  let at = 0;
  return parts
    .filter(({ text }) => text !== "")
    .map((phrase) => {
      const place = { phrase, at };
      at += phrase.text.length;
      return place;
    });
}

function Marked({ mark, children }: { readonly mark: Phrase["mark"]; readonly children: ReactNode }) {
  if (mark === "added") return <NewMark>{children}</NewMark>;
  return mark === "removed" ? <OldMark>{children}</OldMark> : children;
}

function Words({ phrase: { kind, text } }: { readonly phrase: Phrase }) {
  if (kind === "attribute") return <b className={styles.subject}>{text}</b>;
  return kind === "quiet" ? <span className={styles.join}>{text}</span> : text;
}
