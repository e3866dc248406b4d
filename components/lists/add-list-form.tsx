"use client";

import { Textarea } from "@mantine/core";
import { useRouter } from "next/navigation";
import { AddForm } from "@/components/ui/add-dialog";
import { NameAndKey } from "@/components/ui/name-and-key";
import { createListSchema } from "@/lib/lists/contract";
import { createList } from "@/lib/lists/mutations";

/** A list without customers; its page opens, where they are uploaded. */
export function AddListForm({ onClose }: { readonly onClose: () => void }) {
  const router = useRouter();
  return (
    <AddForm
      schema={createListSchema}
      initialValues={{ key: "", name: "", description: "" }}
      mutation={createList}
      onClose={onClose}
      onAdded={({ list }) => router.push(`/lists/${list.key}`)}
    >
      {({ getInputProps }) => (
        <>
          <NameAndKey propsOf={getInputProps} />
          <Textarea
            label="Who belongs on it"
            description="And who keeps it, where that is not plain."
            autosize
            minRows={2}
            {...getInputProps("description")}
          />
        </>
      )}
    </AddForm>
  );
}
