import { operation } from "../http/operation";
import {
  createdListSchema,
  createListSchema,
  exportListQuerySchema,
  listEntriesQuerySchema,
  listEntriesSchema,
  listListSchema,
  managedListQuerySchema,
  managedListSchema,
  uploadedListSchema,
  uploadListSchema,
  uploadPreviewSchema,
  uploadQuerySchema,
} from "./contract";
import { listBounds } from "./definition";

const tag = "lists";

export const listListsOperation = operation({
  method: "GET",
  path: "/api/v1/lists",
  summary: "The managed lists of customers that rules may refer to, with size and use",
  tag,
  answer: listListSchema,
});

export const createListOperation = operation({
  method: "POST",
  path: "/api/v1/lists",
  summary: "Add a list; nobody is on it until customers are uploaded",
  tag,
  body: createListSchema,
  answer: createdListSchema,
  status: 201,
});

export const getListOperation = operation({
  method: "GET",
  path: "/api/v1/lists/{key}",
  summary: "One list with its versions, how two of them differ, and the segments that refer to it",
  tag,
  query: managedListQuerySchema,
  answer: managedListSchema,
});

export const listEntriesOperation = operation({
  method: "GET",
  path: "/api/v1/lists/{key}/entries",
  summary: "Who is on a version of a list, by id; for people who may look customers up",
  tag,
  query: listEntriesQuerySchema,
  answer: listEntriesSchema,
});

export const uploadListOperation = operation({
  method: "POST",
  path: "/api/v1/lists/{key}/versions",
  summary: "Replace or merge the customers of a list: the next version, unless nothing changes",
  tag,
  query: uploadQuerySchema,
  body: uploadListSchema,
  bodyBounds: { bytes: 32 * 1024 * 1024, items: listBounds.entries, nodes: 3 * listBounds.entries + 100 },
  textBody: "text",
  answer: uploadedListSchema,
  status: 201,
});

export const previewUploadOperation = operation({
  method: "POST",
  path: "/api/v1/lists/{key}/preview",
  summary: "What an upload would change, without making it",
  tag,
  query: uploadQuerySchema,
  body: uploadListSchema,
  bodyBounds: uploadListOperation.bodyBounds,
  textBody: "text",
  answer: uploadPreviewSchema,
});

export const exportListOperation = operation({
  method: "GET",
  path: "/api/v1/lists/{key}/export",
  summary: "A version of a list as CSV, as an upload takes it; for people who may look customers up",
  tag,
  query: exportListQuerySchema,
});

export const listOperations = [
  listListsOperation,
  createListOperation,
  getListOperation,
  listEntriesOperation,
  uploadListOperation,
  previewUploadOperation,
  exportListOperation,
];
