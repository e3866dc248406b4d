import { readPasted } from "@/lib/lists/pasted-ids";
import type { ReadUpload } from "@/lib/lists/read-upload";

/** Entries as the API takes them. */
export type UploadEntry = { readonly customerId: string; readonly expiresAt?: string };

/** What a pasted text or a file's comes to, before it is sent. */
export type UploadPlan = Pick<ReadUpload, "repeated" | "rejected" | "rejects"> & {
  readonly entries: readonly UploadEntry[];
};

/** `expiresAt` is for those of whom the text says none. */
export function uploadPlan(text: string, expiresAt: string | undefined): UploadPlan {
  const { entries, ...numbers } = readPasted(text);
  return {
    ...numbers,
    entries: entries.map(({ customerId, expiresAt: own }) => {
      const until = own === undefined ? expiresAt : new Date(own).toISOString();
      return until === undefined ? { customerId } : { customerId, expiresAt: until };
    }),
  };
}
