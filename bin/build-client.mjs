// node bin/build-client.mjs [FOLDER]: makes the package that runtime systems install, in dist/client unless told.
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { command, modules, pinnedNode, root, runQuietly } from "./launch.mjs";
import { ensureInstalled } from "./prepare.mjs";

const source = join(root, "lib", "client");

const packageJson = {
  name: "@steward/client",
  version: "",
  description: "Reads Steward's feed: which segments a customer is in, and what is done for them.",
  type: "module",
  sideEffects: false,
  exports: { ".": { types: "./types/client/connect.d.ts", default: "./steward-client.js" } },
  files: ["steward-client.js", "types"],
};

await command(async ([folder = join("dist", "client")]) => {
  await ensureInstalled();
  const target = resolve(folder);
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  const { version, license, dependencies, engines } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  await bundle(target, version);
  await declare(target);
  const manifest = { ...packageJson, version, license, engines, dependencies: { jose: `^${dependencies.jose}` } };
  await writeFile(join(target, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  await cp(join(source, "README.md"), join(target, "README.md"));
  console.log(`The client is in ${target}: npm publish ${target}`);
});

/** One file for Node and for workers: whatever only Node has is imported when it is needed. */
async function bundle(target, version) {
  const { build } = await import("esbuild");
  await build({
    entryPoints: [join(source, "connect.ts")],
    outfile: join(target, "steward-client.js"),
    bundle: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    external: ["jose", "node:*"],
    define: { STEWARD_CLIENT_VERSION: JSON.stringify(version) },
    legalComments: "inline",
  });
}

/** The types of the entry, and those that they speak of. */
async function declare(target) {
  const made = await mkdtemp(join(tmpdir(), "steward-types-"));
  try {
    const compiler = join(modules, "typescript", "bin", "tsc");
    await runQuietly(pinnedNode, [compiler, "--project", join(source, "tsconfig.json"), "--outDir", made]);
    await copyDeclarations(made, join(target, "types"), join("client", "connect.d.ts"));
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

/** Node wants the whole name of a file in a package. */
async function copyDeclarations(from, to, file, copied = new Set()) {
  if (copied.has(file)) return;
  copied.add(file);
  const text = await readFile(join(from, file), "utf8");
  const relative = /(from ")(\.{1,2}\/[^"]+)(")/g;
  await mkdir(dirname(join(to, file)), { recursive: true });
  await writeFile(join(to, file), text.replaceAll(relative, "$1$2.js$3"));
  for (const [, , imported] of text.matchAll(relative)) {
    await copyDeclarations(from, to, join(dirname(file), `${imported}.d.ts`), copied);
  }
}
