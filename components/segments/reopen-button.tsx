"use client";

import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useCan } from "@/components/layout/viewer";
import { ErrorLine } from "@/components/ui/error-state";
import { openDraft } from "@/lib/versions/mutations";

type ReopenButtonProps = { readonly segmentKey: string; readonly number: number };

/** A new draft with the content of a version that was withdrawn or rejected; that one stays what it is. */
export function ReopenButton({ segmentKey, number }: ReopenButtonProps) {
  const router = useRouter();
  const mayWrite = useCan("segment.write");
  const { mutate, isPending, error } = useMutation(openDraft);
  if (!mayWrite) return null;
  return (
    <>
      <Button
        size="compact-xs"
        loading={isPending}
        onClick={() =>
          mutate({ key: segmentKey, from: number }, { onSuccess: () => router.push(`/segments/${segmentKey}/draft`) })
        }
      >
        Open again
      </Button>
      <ErrorLine error={error} />
    </>
  );
}
