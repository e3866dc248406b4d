import { mutationOptions, type QueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { fetchJson } from "../http/fetch-json";
import {
  createdListSchema,
  type createListSchema,
  uploadedListSchema,
  type uploadListSchema,
  uploadPreviewSchema,
} from "./contract";
import { listUrl } from "./queries";

export const createList = mutationOptions({
  mutationFn: (list: z.input<typeof createListSchema>) =>
    fetchJson(createdListSchema, "/api/v1/lists", { method: "POST", json: list }),
  onSuccess: (_answer, _input, _before, { client }) => forgetLists(client),
});

/** `mode` and `basedOn` must be given; a 409 "stale-list" tells the version that the list has now. */
export const uploadList = mutationOptions({
  mutationFn: ({ key, ...upload }: { key: string } & z.input<typeof uploadListSchema>) =>
    fetchJson(uploadedListSchema, `${listUrl(key)}/versions`, { method: "POST", json: upload }),
  onSuccess: (_answer, _input, _before, { client }) => forgetLists(client),
});

/** What the upload would change; nothing is stored. `mode` must be given. */
export const previewUpload = mutationOptions({
  mutationFn: ({ key, ...upload }: { key: string } & z.input<typeof uploadListSchema>) =>
    fetchJson(uploadPreviewSchema, `${listUrl(key)}/preview`, { method: "POST", json: upload }),
});

/** What a rule takes may change with the lists that it refers to. */
function forgetLists(client: QueryClient) {
  return Promise.all(["lists", "previews"].map((first) => client.invalidateQueries({ queryKey: [first] })));
}
