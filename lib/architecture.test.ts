import { basename, dirname } from "node:path";
import { describe, expect, test } from "vitest";
import { forbiddenNames, mayImport, neverPackages, positionOf, zoneOf } from "./testing/import-table";
import { readSourceFiles, type SourceFile, type SourceImport } from "./testing/source-files";

const files = readSourceFiles(["app", "components", "lib", "prisma", "bin", "bench", "e2e"]);
const shipped = files.filter(({ path }) => !/\.test\.tsx?$/.test(path));

/** Applies a rule to every import of ours and gives "file → import: reason" for what breaks it. */
function broken(rule: (from: SourceFile, target: string, used: SourceImport) => string | null): string[] {
  return shipped.flatMap((from) =>
    from.imports.flatMap((used) => {
      const reason = used.target === null ? null : rule(from, used.target, used);
      return reason ? [`${from.path} → ${used.target}: ${reason}`] : [];
    }),
  );
}

describe("who may import whom", () => {
  test("each kind of file imports only the kinds it may", () => {
    const violations = broken((from, target) => {
      const [source, used] = [zoneOf(from.path), zoneOf(target)];
      const allowed: readonly string[] = mayImport[source.kind];
      return allowed.includes(used.kind) ? null : `${source.kind} may not import ${used.kind}`;
    });
    expect(violations).toEqual([]);
  });

  test("a module uses only the modules before it", () => {
    const violations = broken((from, target) => {
      const [own, used] = [positionOf(zoneOf(from.path)), positionOf(zoneOf(target))];
      return own === null || used === null || used <= own ? null : "comes later in the order of modules";
    });
    expect(violations).toEqual([]);
  });

  test("the client ships to others: it imports the core of the rules and nothing else of ours", () => {
    const violations = broken((from, target) => {
      const [source, used] = [zoneOf(from.path), zoneOf(target)];
      if (source.kind !== "shipped" || used.kind === "shipped") return null;
      return used.kind === "core" && used.module === "rules" ? null : "is not the core of the rules";
    });
    expect(violations).toEqual([]);
  });

  test("the client needs no Node but for its file, and no package but jose", () => {
    const packages = shipped.flatMap(({ path, imports }) =>
      imports.flatMap(({ target, specifier }) =>
        zoneOf(path).kind === "shipped" && target === null ? [`${path} → ${specifier}`] : [],
      ),
    );
    const beyond = packages.filter((each) => !each.endsWith(" → jose"));
    expect(beyond.filter((each) => !each.startsWith("lib/client/last-good-file.ts → node:"))).toEqual([]);
  });

  test("a module's screens do not import another module's: the page puts them together", () => {
    const violations = broken((from, target) => {
      const [source, used] = [zoneOf(from.path), zoneOf(target)];
      if (source.kind !== "screens" || used.kind !== "screens") return null;
      return source.module === used.module ? null : "belongs to another module's screens";
    });
    expect(violations).toEqual([]);
  });

  test("a route does not reach into another route's private files", () => {
    const violations = broken((from, target) => {
      if (zoneOf(from.path).kind !== "app" || zoneOf(target).kind !== "app") return null;
      return dirname(from.path).startsWith(dirname(target)) ? null : "is private to another route";
    });
    expect(violations).toEqual([]);
  });

  test("no file imports a package that its kind must not know", () => {
    const violations = shipped.flatMap(({ path, imports }) => {
      const { kind } = zoneOf(path);
      const never: readonly string[] = kind in neverPackages ? neverPackages[kind as keyof typeof neverPackages] : [];
      return imports
        .filter(({ target, specifier }) => {
          return target === null && never.some((name) => specifier === name || specifier.startsWith(`${name}/`));
        })
        .map(({ specifier }) => `${path} → ${specifier}: ${kind} must not know it`);
    });
    expect(violations).toEqual([]);
  });
});

/** Besides settings, whoever hands the environment on to a program it starts. */
const readsEnvironment = ["lib/server/postgres-cluster.ts", "lib/server/postgres.ts", "lib/server/settings.ts"];

test("only settings read the environment of the server", () => {
  const violations = shipped
    .filter(({ path, impurities }) => path.startsWith("lib/") && impurities.includes("process.env"))
    .map(({ path }) => path)
    .filter((path) => zoneOf(path).kind !== "testing" && !readsEnvironment.includes(path));
  expect(violations).toEqual([]);
});

test("core and contracts read no clock and no environment", () => {
  const violations = shipped
    .filter(({ path }) => ["core", "contract", "ground"].includes(zoneOf(path).kind))
    .flatMap(({ path, impurities }) => impurities.map((impurity) => `${path}: ${impurity}`));
  expect(violations).toEqual([]);
});

test("there are no barrels", () => {
  expect(shipped.filter(({ isBarrel }) => isBarrel).map(({ path }) => path)).toEqual([]);
});

test("every file has a name that says what it is for", () => {
  const violations = files.filter(({ path }) => {
    const [name = ""] = basename(path).split(".");
    return (
      forbiddenNames.includes(name) ||
      dirname(path)
        .split("/")
        .some((folder) => forbiddenNames.includes(folder))
    );
  });
  expect(violations.map(({ path }) => path)).toEqual([]);
});
