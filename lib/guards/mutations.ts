import { mutationOptions } from "@tanstack/react-query";
import type { z } from "zod";
import { fetchJson } from "../http/fetch-json";
import { type grantWaiverSchema, waiverAnswerSchema } from "./waiver-contract";

export const grantWaiver = mutationOptions({
  mutationFn: (waiver: z.input<typeof grantWaiverSchema>) =>
    fetchJson(waiverAnswerSchema, "/api/v1/waivers", { method: "POST", json: waiver }),
  // Findings stand in the editor, the review and the release.
  onSuccess: (_answer, _input, _before, { client }) => client.invalidateQueries(),
});

export const endWaiver = mutationOptions({
  mutationFn: ({ id }: { id: string }) =>
    fetchJson(waiverAnswerSchema, `/api/v1/waivers/${encodeURIComponent(id)}`, { method: "DELETE" }),
  onSuccess: (_answer, _input, _before, { client }) => client.invalidateQueries(),
});
