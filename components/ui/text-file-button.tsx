"use client";

import { Button, FileButton } from "@mantine/core";
import { useState } from "react";
import styles from "./message.module.css";

const mostMegabytes = 30;

type TextFileButtonProps = {
  readonly children: string;
  readonly onText: (text: string, fileName: string) => void;
};

/** Reads a file of text or of comma-separated columns; says so of one that is too large to be looked at here. */
export function TextFileButton({ children, onText }: TextFileButtonProps) {
  const [tooLarge, setTooLarge] = useState<string | null>(null);
  async function read(file: File | null): Promise<void> {
    if (!file) return;
    const fits = file.size <= mostMegabytes * 1024 * 1024;
    setTooLarge(fits ? null : file.name);
    if (fits) onText(await file.text(), file.name);
  }
  return (
    <>
      <FileButton accept=".csv,.txt,.tsv,text/csv,text/plain" onChange={(file) => void read(file)}>
        {(props) => (
          <Button {...props} size="xs">
            {children}
          </Button>
        )}
      </FileButton>
      {tooLarge !== null && (
        <span className={styles.line} role="alert">
          {tooLarge} is larger than {mostMegabytes} MB.
        </span>
      )}
    </>
  );
}
