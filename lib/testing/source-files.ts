import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import { parseSync, Visitor } from "oxc-parser";

export type SourceFile = {
  /** From the project's root, with forward slashes. */
  path: string;
  imports: SourceImport[];
  /** True when the file only passes on what other files export. */
  isBarrel: boolean;
  /** Clock and environment, as written: "Date.now()", "new Date()", "process.env". */
  impurities: string[];
};

export type SourceImport = {
  /** As written. */
  specifier: string;
  /** The file of ours that it names, or null for a package. */
  target: string | null;
  typeOnly: boolean;
};

export const root = join(import.meta.dirname, "..", "..");

const extensions = ["", ".ts", ".tsx", ".mjs", ".js", ".css", ".json"];

/** Every TypeScript file below the folders and at the root, parsed. Generated code is left out. */
export function readSourceFiles(folders: readonly string[]): SourceFile[] {
  const below = folders.flatMap((folder) => listTypeScript(join(root, folder)));
  return below
    .filter((path) => !path.startsWith("lib/server/prisma/"))
    .sort()
    .map(readSourceFile);
}

function listTypeScript(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
}

function readSourceFile(path: string): SourceFile {
  const { program, module, errors } = parseSync(path, readFileSync(join(root, path), "utf8"));
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const imports: SourceImport[] = [];
  const add = (specifier: string, typeOnly: boolean) =>
    imports.push({ specifier, target: resolveImport(path, specifier), typeOnly });

  for (const { moduleRequest, entries } of module.staticImports) {
    add(moduleRequest.value, entries.length > 0 && entries.every((entry) => entry.isType));
  }
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, isType } of entries) if (moduleRequest) add(moduleRequest.value, isType);
  }
  const impurities: string[] = [];
  new Visitor({
    ImportExpression: ({ source }) => {
      if (source.type === "Literal" && typeof source.value === "string") add(source.value, false);
    },
    MemberExpression: ({ object, property }) => {
      if (object.type !== "Identifier" || property.type !== "Identifier") return;
      if (object.name === "process" && property.name === "env") impurities.push("process.env");
      if (object.name === "Date" && property.name === "now") impurities.push("Date.now()");
    },
    NewExpression: ({ callee, arguments: given }) => {
      if (callee.type === "Identifier" && callee.name === "Date" && given.length === 0) impurities.push("new Date()");
    },
  }).visit(program);

  const passesOn = program.body.filter(
    (statement) =>
      statement.type === "ExportAllDeclaration" ||
      (statement.type === "ExportNamedDeclaration" && statement.source !== null),
  );
  return { path, imports, isBarrel: program.body.length > 0 && passesOn.length === program.body.length, impurities };
}

function resolveImport(from: string, specifier: string): string | null {
  const path = specifier.startsWith("@/")
    ? specifier.slice(2)
    : specifier.startsWith(".")
      ? posix.join(dirname(from), specifier)
      : null;
  if (path === null) return null;
  return extensions.map((extension) => path + extension).find(isFile) ?? path;
}

function isFile(path: string): boolean {
  return existsSync(join(root, path)) && statSync(join(root, path)).isFile();
}
