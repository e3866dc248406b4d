"use client";

import { Dropzone } from "@mantine/dropzone";
import { IconUpload } from "@tabler/icons-react";
import { ErrorState } from "@/components/ui/error-state";
import styles from "./imports.module.css";

type UploadStepProps = {
  readonly onFile: (file: File) => void;
  readonly reading: boolean;
  readonly error: unknown;
};

export function UploadStep({ onFile, reading, error }: UploadStepProps) {
  return (
    <div className={styles.stack}>
      <Dropzone
        multiple={false}
        loading={reading}
        onDrop={([file]) => file && onFile(file)}
        inputProps={{ "aria-label": "File of customers" }}
      >
        <div className={styles.drop}>
          <IconUpload size={24} stroke={1.6} aria-hidden />
          <b>Drop a file of customers here, or click to choose one</b>
          <span className={styles.dim}>CSV, TSV, NDJSON or Parquet, each also as .gz. One row a customer.</span>
          <span className={styles.dim}>Nothing is stored until you have said what each column is.</span>
        </div>
      </Dropzone>
      {error ? <ErrorState error={error} title="This file cannot be read" /> : null}
    </div>
  );
}
