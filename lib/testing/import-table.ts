/** The modules in their order: each may use only those before it. */
export const moduleOrder = [
  "access",
  "audit",
  "notices",
  "catalogue",
  "rules",
  "lists",
  "segments",
  "guards",
  "engine",
  "events",
  "membership",
  "customers",
  "scores",
  "previews",
  "versions",
  "releases",
  "changes",
  "feed",
  "ingest",
  "client",
  "lifecycle",
  "reliability",
] as const;

export type ModuleName = (typeof moduleOrder)[number];

/** What a file is for; `module` says whose. */
export type Zone =
  | { kind: "core" | "contract" | "browser" | "server" | "shipped"; module: ModuleName }
  | { kind: "screens"; module: string }
  | { kind: "shared screens" | "app" | "ground" | "carrier" | "http" | "testing" | "outside" };

export type ZoneKind = Zone["kind"];

const sharedScreens = ["ui", "layout", "charts"];
const groundFiles = ["lib/csv-line.ts", "lib/errors.ts", "lib/findings.ts"];

export function zoneOf(path: string): Zone {
  const [top = "", second = "", third = ""] = path.split("/");
  if (groundFiles.includes(path)) return { kind: "ground" };
  if (top === "app") return { kind: "app" };
  if (top === "components") {
    return sharedScreens.includes(second) ? { kind: "shared screens" } : { kind: "screens", module: second };
  }
  if (top !== "lib") return { kind: "outside" };
  if (second === "client") return { kind: "shipped", module: second };
  if (isModule(second)) return { kind: kindInModule(third), module: second };
  if (second === "server" || second === "jobs") return { kind: "carrier" };
  if (second === "http") return { kind: "http" };
  if (second === "testing" || path === "lib/architecture.test.ts") return { kind: "testing" };
  return { kind: "outside" };
}

function kindInModule(name: string): "core" | "contract" | "browser" | "server" {
  if (name === "server" || name === "http.ts" || name === "duckdb" || name === "clickhouse") return "server";
  if (/^(queries|mutations|use-[a-z-]+)\.tsx?$/.test(name)) return "browser";
  if (/^(.*-)?(contract|operations)\.ts$/.test(name)) return "contract";
  return "core";
}

function isModule(name: string): name is ModuleName {
  return (moduleOrder as readonly string[]).includes(name);
}

/**
 * Where a file stands in the order, or null outside the modules. The verbs of access come after audit, which records
 * them; its permission table and actor come before everything.
 */
export function positionOf(zone: Zone): number | null {
  if (!("module" in zone) || zone.kind === "screens") return null;
  if (zone.module === "access" && zone.kind === "server") return moduleOrder.indexOf("audit") + 0.5;
  return moduleOrder.indexOf(zone.module);
}

/** Which kinds of file each kind may import. Within modules, the order and `lib/client` narrow it further. */
export const mayImport = {
  ground: ["ground"],
  core: ["ground", "core", "contract"],
  contract: ["ground", "core", "contract", "http"],
  shipped: ["core", "shipped"],
  browser: ["ground", "core", "contract", "browser", "http"],
  server: ["ground", "core", "contract", "server", "carrier"],
  "shared screens": ["ground", "core", "contract", "browser", "http", "shared screens"],
  screens: ["ground", "core", "contract", "browser", "http", "shared screens", "screens"],
  app: ["ground", "core", "contract", "browser", "server", "carrier", "http", "shared screens", "screens", "app"],
  carrier: ["ground", "core", "carrier"],
  http: ["ground", "core", "contract", "server", "carrier", "http"],
  testing: ["ground", "core", "contract", "server", "shipped", "carrier", "http", "testing", "outside"],
  outside: ["ground", "core", "contract", "server", "shipped", "carrier", "http", "testing", "outside"],
} as const satisfies Record<ZoneKind, readonly ZoneKind[]>;

/** Packages that a kind of file never imports; a name ends at a slash or stands whole. */
export const neverPackages = {
  core: [
    "@prisma",
    "@duckdb",
    "pg",
    "next",
    "next-auth",
    "react",
    "react-dom",
    "@mantine",
    "@tanstack",
    "hono",
    "node:fs",
    "node:net",
    "node:http",
    "node:child_process",
    "pino",
  ],
  contract: ["@prisma", "@duckdb", "pg", "next", "next-auth", "react", "@mantine", "@tanstack", "hono", "node:fs"],
  browser: ["@prisma", "@duckdb", "pg", "next-auth", "hono", "node:fs", "pino"],
  server: ["react", "react-dom", "@mantine", "@tanstack"],
  screens: ["@prisma", "@duckdb", "pg", "hono", "pino"],
  "shared screens": ["@prisma", "@duckdb", "pg", "hono", "pino"],
} as const satisfies Partial<Record<ZoneKind, readonly string[]>>;

/** Names that say nothing of what is inside. */
export const forbiddenNames = [
  "utils",
  "util",
  "helpers",
  "helper",
  "misc",
  "common",
  "service",
  "services",
  "manager",
  "types",
  "index",
];
