import { mkdtemp, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type DuckDbEngine, openDuckDbEngine } from "../../engine/server/duckdb-engine";
import { streamProfiles } from "../../engine/server/read-profiles";
import type { Profile } from "../../rules/definition";

/** A DuckDB beside the uploaded file, for as long as `work` takes. */
export async function withStagedEngine<T>(file: string, work: (staged: DuckDbEngine) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(dirname(file), "staged-"));
  try {
    const staged = await openDuckDbEngine(join(folder, "customers.duckdb"));
    try {
      return await work(staged);
    } finally {
      await staged.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const partSize = 10_000;

/** Everything that is staged, some 10,000 at a time. */
export async function* stagedParts(staged: DuckDbEngine): AsyncGenerator<readonly Profile[]> {
  const connection = await staged.connect();
  try {
    let part: Profile[] = [];
    for await (const page of streamProfiles(connection, staged.layout())) {
      part.push(...page);
      if (part.length < partSize) continue;
      yield part;
      part = [];
    }
    if (part.length > 0) yield part;
  } finally {
    connection.closeSync();
  }
}
