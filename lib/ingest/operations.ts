import { operation } from "../http/operation";
import { dataQualityQuerySchema, dataQualitySchema } from "./contract";

export const dataQualityOperation = operation({
  method: "GET",
  path: "/api/v1/data-quality",
  summary:
    "What came in by source, with what was rejected and why, and which attributes lack values or have gone silent",
  tag: "data quality",
  query: dataQualityQuerySchema,
  answer: dataQualitySchema,
});

export const ingestOperations = [dataQualityOperation];
