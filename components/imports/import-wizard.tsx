"use client";

import { useMutation } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { useState } from "react";
import { PageHeader } from "@/components/ui/page-header";
import { previewImport } from "@/lib/customers/mutations";
import { ImportProgress } from "./import-progress";
import { MapStep } from "./map-step";
import { UploadStep } from "./upload-step";

/** Upload, say what each column is, watch it go. A started import has an address of its own. */
export function ImportWizard() {
  const [file, setFile] = useState<File | null>(null);
  const [started, setStarted] = useQueryState("import", parseAsString);
  const preview = useMutation(previewImport);
  function read(chosen: File): void {
    setFile(chosen);
    preview.mutate({ file: chosen });
  }
  if (started) {
    return (
      <>
        <PageHeader title="Import customers" />
        <ImportProgress id={started} />
      </>
    );
  }
  return (
    <>
      <PageHeader
        title="Import customers"
        subtitle={preview.data && file ? `${file.name}: say what each column is.` : "From a file, row by row."}
      />
      {preview.data && file ? (
        <MapStep
          file={file}
          preview={preview.data}
          onBack={preview.reset}
          onStarted={(run) => void setStarted(run.id, { history: "push" })}
        />
      ) : (
        <UploadStep onFile={read} reading={preview.isPending} error={preview.error} />
      )}
    </>
  );
}
