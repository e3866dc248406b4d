import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openApiDocument, operations } from "./openapi";

const text = JSON.stringify(openApiDocument());
const document = JSON.parse(text) as { paths: Record<string, object>; components: { schemas: Record<string, object> } };

describe("openapi.json", () => {
  test("holds every operation once, by method and path and by name", () => {
    const calls = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(calls.toSorted()).toEqual(operations.map(({ method, path }) => `${method} ${path}`).toSorted());
    const names = [...text.matchAll(/"operationId":"(\w+)"/g)].map(([, name]) => name);
    expect(new Set(names).size).toBe(operations.length);
  });

  test("every reference leads to a schema that is there", () => {
    const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name);
    expect(references.length).toBeGreaterThan(operations.length);
    expect(references.filter((name) => name === undefined || !(name in document.components.schemas))).toEqual([]);
    expect(text).not.toContain('"#/$defs');
  });

  test.each(operations.map(({ method, path }) => [method, path]))("%s %s has a route file", (_method, path) => {
    const folder = path.replaceAll("{", "[").replaceAll("}", "]");
    expect(existsSync(join(import.meta.dirname, "../../app", folder, "route.ts"))).toBe(true);
  });
});
