import { operation } from "../http/operation";
import {
  attributeListSchema,
  attributeStatisticsSchema,
  createAttributeSchema,
  createdAttributeSchema,
  createdPurposeSchema,
  createdRegionSchema,
  createPurposeSchema,
  createRegionSchema,
  purposeListSchema,
  regionListSchema,
} from "./contract";

const tag = "catalogue";

export const listAttributesOperation = operation({
  method: "GET",
  path: "/api/v1/attributes",
  summary: "The attributes that a rule may speak of, with how many customers have each and how many segments use it",
  tag,
  answer: attributeListSchema,
});

export const createAttributeOperation = operation({
  method: "POST",
  path: "/api/v1/attributes",
  summary: "Add an attribute; customers lack it until data arrives",
  tag,
  body: createAttributeSchema,
  answer: createdAttributeSchema,
  status: 201,
});

export const attributeStatisticsOperation = operation({
  method: "GET",
  path: "/api/v1/attributes/{key}",
  summary: "One attribute with its most frequent values and its range",
  tag,
  answer: attributeStatisticsSchema,
});

export const listPurposesOperation = operation({
  method: "GET",
  path: "/api/v1/purposes",
  summary: "What customer data may be used for, with the lawful basis of each",
  tag,
  answer: purposeListSchema,
});

export const createPurposeOperation = operation({
  method: "POST",
  path: "/api/v1/purposes",
  summary: "Add a purpose with its lawful basis",
  tag,
  body: createPurposeSchema,
  answer: createdPurposeSchema,
  status: 201,
});

export const listRegionsOperation = operation({
  method: "GET",
  path: "/api/v1/regions",
  summary: "Where customers may reside, with how many do",
  tag,
  answer: regionListSchema,
});

export const createRegionOperation = operation({
  method: "POST",
  path: "/api/v1/regions",
  summary: "Add a region",
  tag,
  body: createRegionSchema,
  answer: createdRegionSchema,
  status: 201,
});

export const catalogueOperations = [
  listAttributesOperation,
  createAttributeOperation,
  attributeStatisticsOperation,
  listPurposesOperation,
  createPurposeOperation,
  listRegionsOperation,
  createRegionOperation,
];
