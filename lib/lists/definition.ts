import type { ListedCustomer } from "../rules/definition";

/** What a version of a managed list may hold. */
export const listBounds = { entries: 100_000, idLength: 200 } as const;

export const uploadModes = ["replace", "merge"] as const;
export type UploadMode = (typeof uploadModes)[number];

/** Entries by customer id, each once: what a version holds. */
export type ListContent = readonly ListedCustomer[];

/** How one content differs from another: customers, not entries that only expire at another instant. */
export type ListDifference = { readonly added: number; readonly removed: number; readonly changed: number };
