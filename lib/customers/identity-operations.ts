import { operation } from "../http/operation";
import {
  changeIdentitySchema,
  createdNamespaceSchema,
  createNamespaceSchema,
  identityListSchema,
  mergedSchema,
  mergeInputSchema,
  mergeListSchema,
  mergePreviewInputSchema,
  mergePreviewSchema,
  namespaceListSchema,
} from "./identity-contract";

export const listNamespacesOperation = operation({
  method: "GET",
  path: "/api/v1/identity-namespaces",
  summary: "What customers can be named by beside their id",
  tag: "customers",
  answer: namespaceListSchema,
});

export const createNamespaceOperation = operation({
  method: "POST",
  path: "/api/v1/identity-namespaces",
  summary: "Add a namespace; whether its values are kept as keyed hashes only is said once",
  tag: "customers",
  body: createNamespaceSchema,
  answer: createdNamespaceSchema,
  status: 201,
});

export const listIdentitiesOperation = operation({
  method: "GET",
  path: "/api/v1/customers/{id}/identities",
  summary: "What names a customer beside their id",
  tag: "customers",
  answer: identityListSchema,
});

export const linkIdentityOperation = operation({
  method: "POST",
  path: "/api/v1/customers/{id}/identities",
  summary: "Link an identity; a conflict where it names another customer",
  tag: "customers",
  body: changeIdentitySchema,
  answer: identityListSchema,
  status: 201,
});

export const unlinkIdentityOperation = operation({
  method: "POST",
  path: "/api/v1/customers/{id}/identities/unlink",
  summary: "Unlink an identity, given as it is known elsewhere or as it is kept",
  tag: "customers",
  body: changeIdentitySchema,
  answer: identityListSchema,
});

export const previewMergeOperation = operation({
  method: "POST",
  path: "/api/v1/customers/{id}/merge/preview",
  summary: "What merging this customer into another would do to the membership of both; nothing is stored",
  tag: "customers",
  body: mergePreviewInputSchema,
  answer: mergePreviewSchema,
});

export const mergeCustomersOperation = operation({
  method: "POST",
  path: "/api/v1/customers/{id}/merge",
  summary: "Merge this customer into another, who then has the events, statements and identities of both",
  tag: "customers",
  body: mergeInputSchema,
  answer: mergedSchema,
  status: 201,
});

export const listMergesOperation = operation({
  method: "GET",
  path: "/api/v1/customers/{id}/merges",
  summary: "Merges of a customer, the newest first",
  tag: "customers",
  answer: mergeListSchema,
});

export const unmergeCustomersOperation = operation({
  method: "DELETE",
  path: "/api/v1/merges/{id}",
  summary: "Part two customers again: each gets back what they had, what came in since stays with the merged one",
  tag: "customers",
  answer: mergedSchema,
});

export const identityOperations = [
  listNamespacesOperation,
  createNamespaceOperation,
  listIdentitiesOperation,
  linkIdentityOperation,
  unlinkIdentityOperation,
  previewMergeOperation,
  mergeCustomersOperation,
  listMergesOperation,
  unmergeCustomersOperation,
];
