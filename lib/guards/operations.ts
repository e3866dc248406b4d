import { operation } from "../http/operation";
import { grantWaiverSchema, waiverAnswerSchema, waiverListSchema, waiverQuerySchema } from "./waiver-contract";

const tag = "waivers";

export const listWaiversOperation = operation({
  method: "GET",
  path: "/api/v1/waivers",
  summary: "What is or was waived for a segment, newest first",
  tag,
  query: waiverQuerySchema,
  answer: waiverListSchema,
});

export const grantWaiverOperation = operation({
  method: "POST",
  path: "/api/v1/waivers",
  summary: "Answer for a finding until a day, at most a year ahead: it does not block until then",
  tag,
  body: grantWaiverSchema,
  answer: waiverAnswerSchema,
  status: 201,
});

export const endWaiverOperation = operation({
  method: "DELETE",
  path: "/api/v1/waivers/{id}",
  summary: "End a waiver: its finding blocks again at once",
  tag,
  answer: waiverAnswerSchema,
});

export const guardOperations = [listWaiversOperation, grantWaiverOperation, endWaiverOperation];
