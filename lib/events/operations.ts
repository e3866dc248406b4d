import { operation } from "../http/operation";
import {
  createdEventTypeSchema,
  createEventTypeSchema,
  eventTypeListSchema,
  refreshedAttributeSchema,
} from "./contract";

const tag = "events";

export const listEventTypesOperation = operation({
  method: "GET",
  path: "/api/v1/event-types",
  summary: "The kinds of events that attributes can be computed from, with their properties",
  tag,
  answer: eventTypeListSchema,
});

export const createEventTypeOperation = operation({
  method: "POST",
  path: "/api/v1/event-types",
  summary: "Add a kind of event with its properties",
  tag,
  body: createEventTypeSchema,
  answer: createdEventTypeSchema,
  status: 201,
});

export const refreshAttributeOperation = operation({
  method: "POST",
  path: "/api/v1/attributes/{key}/refresh",
  summary: "Compute an attribute anew for every customer; otherwise that is done every hour",
  tag,
  answer: refreshedAttributeSchema,
});

export const eventOperations = [listEventTypesOperation, createEventTypeOperation, refreshAttributeOperation];
