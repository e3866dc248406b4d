import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../../../shared/data");

/** Public data to test against lies beside the project, not in it: tests that need it run where it is present. */
export function sharedData(path: string) {
  const file = join(folder, path);
  const isThere = existsSync(file);
  return {
    file,
    isThere,
    title: (what: string) => (isThere ? what : `${what} (not run: ../shared/data/${path} is not there)`),
    json: (): unknown => JSON.parse(readFileSync(file, "utf8")),
  };
}
