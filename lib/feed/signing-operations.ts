import { operation } from "../http/operation";
import { feedKeyListSchema, rotatedFeedKeySchema } from "./signing-contract";

export const listFeedKeysOperation = operation({
  method: "GET",
  path: "/api/v1/feed-keys",
  summary: "The keys that sign the feed's heads, the newest first",
  tag: "consumers",
  answer: feedKeyListSchema,
});

export const rotateFeedKeyOperation = operation({
  method: "POST",
  path: "/api/v1/feed-keys/rotation",
  summary: "Make the next key that signs the feed's heads: published at once, it signs 10 minutes later",
  tag: "consumers",
  answer: rotatedFeedKeySchema,
  status: 201,
});

export const feedKeyOperations = [listFeedKeysOperation, rotateFeedKeyOperation];
