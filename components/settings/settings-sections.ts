import type { Permission } from "@/lib/access/permissions";

export type SettingsSection = { readonly key: string; readonly label: string; readonly permission?: Permission };

/** The pages under settings; each has an address of its own. */
export const settingsSections = [
  { key: "attributes", label: "Attributes" },
  { key: "events", label: "Events" },
  { key: "models", label: "Scores" },
  { key: "purposes", label: "Purposes" },
  { key: "regions", label: "Regions" },
  { key: "imports", label: "Imports", permission: "customer.import" },
  { key: "data-quality", label: "Data quality" },
  { key: "environments", label: "Environments" },
  { key: "webhooks", label: "Webhooks", permission: "webhook.read" },
  { key: "policies", label: "Approval policies" },
  { key: "labels", label: "Labels" },
  { key: "changes", label: "Changes" },
  { key: "people", label: "People", permission: "people.read" },
  { key: "tokens", label: "My tokens" },
] as const satisfies readonly SettingsSection[];
