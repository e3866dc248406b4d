import type { ListContent } from "./definition";

/** The entries as `readText` reads them: columns `id` and `expires_at`, an instant in ISO 8601 or nothing. */
export function writeCsv(content: ListContent): string {
  const lines = content.map(({ customerId, expiresAt }) => {
    const until = expiresAt === undefined ? "" : new Date(expiresAt).toISOString();
    return `"${customerId.replaceAll('"', '""')}",${until}\n`;
  });
  return `id,expires_at\n${lines.join("")}`;
}
