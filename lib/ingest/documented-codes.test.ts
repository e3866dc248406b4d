import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { rejectCodes } from "./reject";

const guide = readFileSync(join(import.meta.dirname, "..", "..", "docs", "ingest.md"), "utf8");

test("the guide says of every code what is wrong with the line", () => {
  for (const code of rejectCodes) expect(guide).toContain(`\`${code}\``);
});
