import { expect, test } from "vitest";
import { readSourceFiles } from "../testing/source-files";

/** Who asks, and what is asked with: no data of customers. */
const means = [
  "lib/access/server/actor-of.ts",
  "lib/access/server/read-session.ts",
  "lib/engine/server/engine-instance.ts",
];

const verbs = (folder: string) =>
  new Set(
    readSourceFiles([folder]).flatMap(({ imports }) =>
      imports.flatMap(({ target, typeOnly }) =>
        target !== null && !typeOnly && /^lib\/\w+\/server\//.test(target) ? [target] : [],
      ),
    ),
  );

test("pages are handed what the console's calls answer and nothing else, so that what holds for those holds for them", () => {
  const [pages, calls] = [verbs("app/(console)"), verbs("app/api/v1")];
  expect(pages.size).toBeGreaterThan(means.length);
  expect([...pages].filter((verb) => !calls.has(verb) && !means.includes(verb))).toEqual([]);
});
