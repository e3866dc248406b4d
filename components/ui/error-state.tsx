"use client";

import { Button } from "@mantine/core";
import { isApiProblem } from "@/lib/http/fetch-json";
import { FindingIcon, FindingList } from "./finding-list";
import styles from "./message.module.css";

type ErrorStateProps = {
  readonly error: unknown;
  /** What was attempted: "The segments could not be read". */
  readonly title?: string;
  readonly onRetry?: () => void;
  readonly wholePage?: boolean;
};

/** In place of the rows: what failed, why, and one button. Reads problem+json; says nothing of other errors' inside. */
export function ErrorState({ error, title, onRetry, wholePage }: ErrorStateProps) {
  const problem = isApiProblem(error) ? error : null;
  const Heading = wholePage ? "h1" : "p";
  return (
    <div className={styles.message} role="alert">
      <Heading className={styles.title}>
        <FindingIcon severity="blocking" />
        {title ?? problem?.title ?? "Something failed on our side"}
      </Heading>
      <div className={styles.text}>
        {problem?.detail ?? "Nothing was changed. Try again; if it stays, tell whoever runs Steward."}
      </div>
      {problem && problem.findings.length > 0 && (
        <div className={styles.findings}>
          <FindingList findings={problem.findings} />
        </div>
      )}
      {onRetry && (
        <div className={styles.action}>
          <Button onClick={onRetry}>Try again</Button>
        </div>
      )}
    </div>
  );
}

/** One line beside a control: why the last attempt failed. */
export function ErrorLine({ error }: { readonly error: unknown }) {
  if (!error) return null;
  return (
    <p className={styles.line} role="alert">
      <FindingIcon severity="blocking" />
      <span>{isApiProblem(error) ? error.detail : "Something failed on our side. Try again."}</span>
    </p>
  );
}
