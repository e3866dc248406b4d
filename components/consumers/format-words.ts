import { formatNames, type ReadFormat, readFormats } from "@/lib/rules/formats";

/** What a format is for, and what it cannot say. */
export const formatWords = {
  tree: "Says everything. Steward's client and the feed's readers evaluate it.",
  jsonlogic: "For JsonLogic libraries. Cannot say a rollout to a part of the customers, or a list of more than 1,000.",
  flagd:
    "For flagd: one flag for each segment. Cannot say a rollout to a part of the customers, or a list of more than 1,000.",
  cel: "For gateways that evaluate CEL. Cannot say a rollout to a part of the customers, or a list of more than 1,000.",
} as const satisfies Record<ReadFormat, string>;

export const formatChoices = readFormats.map((format) => ({ value: format, label: formatNames[format] }));
