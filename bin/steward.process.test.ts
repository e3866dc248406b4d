import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "steward-rules-"));
  const write = (name: string, content: unknown) => writeFile(join(folder, name), JSON.stringify(content));
  const rule = {
    all: [
      { attribute: "plan", operator: "equals", value: "premium" },
      { attribute: "tenure", operator: "at_least", value: 24 },
    ],
  };
  await write("rule.json", rule);
  await write("wrong.json", { all: [{ attribute: "tenure", operator: "at_least", value: "24" }] });
  await write("customer.json", { id: "c", attributes: { plan: "premium", tenure: 3 } });
  await writeFile(join(folder, "customers.csv"), "id,plan,tenure\n1,premium,30\n2,premium,3\n3,free,50\n");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Ended = { readonly code: number; readonly out: string; readonly error: string };

/** Runs in the folder of the files, with settings that no server could start with. */
function steward(args: readonly string[], input = ""): Promise<Ended> {
  return new Promise((resolve) => {
    const env = {
      ...process.env,
      INIT_CWD: folder,
      DATABASE_URL: "postgres://nowhere.invalid/none",
      STEWARD_DATA: join(folder, "none"),
    };
    const program = join(import.meta.dirname, "steward.mjs");
    const child = execFile(process.execPath, [program, ...args], { env }, (failure, out, error) => {
      resolve({ code: failure ? Number(failure.code) : 0, out, error });
    });
    child.stdin?.end(input);
  });
}

describe("a rule in a file, without server, database and settings", () => {
  test("is checked: 0 for a sound one, with where its attributes come from", async () => {
    const { code, out } = await steward(["rule", "check", "rule.json"]);
    expect([code, out]).toEqual([
      0,
      "Sound.\nAttributes taken from the rule's own operators and values: plan (string), tenure (number).\n",
    ]);
  });

  test("is checked: 1 for one that something blocks, with path, message and what would be accepted", async () => {
    const { code, out } = await steward(["rule", "check", "wrong.json"]);
    expect(code).toBe(1);
    expect(out).toContain('all[0].value: The value "24" does not fit. (Give a finite number, as 12.5.)');
  });

  test("comes in where the name is -, and is answered as JSON", async () => {
    const { code, out } = await steward(["rule", "check", "-", "--json"], '{ "attribute": "x", "operator": "is_set" }');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ ok: true, findings: [], attributes: [{ key: "x", type: "string" }] });
  });

  test("is explained in words, and for a customer", async () => {
    const { code, out } = await steward(["rule", "explain", "rule.json", "--customer", "customer.json"]);
    expect(code).toBe(0);
    expect(out).toContain("Customers whose plan is premium, and whose tenure is at least 24.");
    expect(out).toContain("Not in: fails only: tenure at least 24.");
    expect(out).toContain("no   tenure at least 24: 3  <- decides");
  });

  test("is translated", async () => {
    const { code, out } = await steward(["rule", "translate", "rule.json", "--to", "cel"]);
    expect(code).toBe(0);
    expect(out).toContain('attributes["plan"] == "premium"');
  });

  test("is counted over a file of customers", async () => {
    const at = ["--as-of", "2026-01-01T00:00:00Z"];
    const { code, out } = await steward(["count", "rule.json", "--data", "customers.csv", ...at]);
    expect([code, out]).toEqual([0, "1 of 3 customers are in, as of 2026-01-01T00:00:00.000Z.\n"]);
  });
});

const misused: [title: string, args: string[]][] = [
  ["a file that is not there", ["rule", "check", "gone.json"]],
  ["a language that there is not", ["rule", "translate", "rule.json", "--to", "xml"]],
  ["an instant that is none", ["count", "rule.json", "--data", "customers.csv", "--as-of", "yesterday"]],
  ["a command that there is not", ["rules"]],
];
test.each(misused)("%s is bad usage and ends with 2", async (_title, args) => {
  const { code, out, error } = await steward(args);
  expect(code).toBe(2);
  expect(out).toBe("");
  expect(error).not.toBe("");
});

test("what is not JSON is told with its place, and ends with 1", async () => {
  const { code, error } = await steward(["rule", "check", "-"], '{ "all": [ }');
  expect(code).toBe(1);
  expect(error).toContain("The input is not JSON");
});
