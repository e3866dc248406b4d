import { afterEach, expect, test } from "vitest";
import { postgresPrograms } from "./postgres-programs";
import { StartError } from "./start-error";

const arch = process.arch;
afterEach(() => void Object.defineProperty(process, "arch", { value: arch }));

test("a machine that no PostgreSQL is packed for is named, with the way on and an exit code of its own", async () => {
  Object.defineProperty(process, "arch", { value: "mips64" });
  const refused = await postgresPrograms({}).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(StartError);
  expect(refused).toMatchObject({ exitCode: 6, message: expect.stringMatching(/on mips64\. Set DATABASE_URL/) });
});
