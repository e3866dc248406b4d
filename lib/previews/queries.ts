import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Finding } from "../findings";
import { fetchJson, isApiProblem } from "../http/fetch-json";
import { type Preview, previewSchema } from "./contract";

/**
 * What the editor shows beside the rule. When the rule cannot be counted, `findings` say why and
 * `preview` holds the last numbers of the same segment with `current` false, for the screen to dim.
 */
export type EditorPreview = {
  readonly preview: Preview | null;
  readonly current: boolean;
  readonly findings: readonly Finding[];
};

export type PreviewOptions = {
  readonly environment?: string;
  /** An attribute to split the members by. */
  readonly by?: string | undefined;
};

export function previewQuery(
  document: { readonly key: string },
  { environment = "production", by }: PreviewOptions = {},
) {
  const lastKey = ["last preview", document.key, environment];
  return queryOptions({
    queryKey: ["previews", environment, document, by ?? null],
    queryFn: async ({ signal, client }): Promise<EditorPreview> => {
      try {
        const preview = await fetchJson(previewSchema, "/api/v1/previews", {
          method: "POST",
          json: { document, environment, by },
          signal,
        });
        client.setQueryData(lastKey, preview);
        return { preview, current: true, findings: preview.findings };
      } catch (error) {
        if (!isApiProblem(error) || error.code !== "cannot-be-counted") throw error;
        return { preview: client.getQueryData<Preview>(lastKey) ?? null, current: false, findings: error.findings };
      }
    },
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    gcTime: 60_000,
  });
}
