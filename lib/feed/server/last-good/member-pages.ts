import { createHash } from "node:crypto";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { z } from "zod";
import { log } from "../../../server/log";
import { readWhole, writeWhole } from "../../../server/whole-file";
import type { feedMembersSchema } from "../../wire";
import { FeedRefusal } from "../door/problems";
import type { AskedMembers } from "../members/members";

export type MemberPage = z.input<typeof feedMembersSchema>;

/** Pages of members that were served, on disk: given again while they cannot be read. */
export type MemberPages = {
  /** What `read` gives; where that is not available, what it gave before to the same scope. */
  through(asked: AskedMembers & { readonly scopeName: string }, read: () => Promise<MemberPage>): Promise<MemberPage>;
  /** Drops them all: somebody who is in them was erased. */
  forget(): Promise<void>;
  /** Once everything that was to be kept is. */
  settled(): Promise<void>;
};

export const noMemberPages: MemberPages = {
  through: (_, read) => read(),
  forget: async () => undefined,
  settled: async () => undefined,
};

const hourMs = 3_600_000;
/** Pages that come faster than the disk takes them are not kept. */
const waitingAtMost = 32;
const bytesAtMost = 64 * 1024 ** 2;

export type MemberPagesLimits = {
  /** Older pages are not given: who withdrew since may be in them. */
  readonly hours: number;
  readonly now: () => number;
  readonly atMost?: number;
};

export async function openMemberPages(
  dataFolder: string,
  { hours, now, atMost = bytesAtMost }: MemberPagesLimits,
): Promise<MemberPages> {
  const folder = join(dataFolder, "feed", "members");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  /** Bytes by file, the oldest first. */
  const kept = await listKept(folder);
  let total = [...kept.values()].reduce((sum, bytes) => sum + bytes, 0);
  let generation = 0;
  let waiting = 0;
  let work: Promise<unknown> = Promise.resolve();

  function inTurn<T>(task: () => Promise<T>): Promise<T> {
    const done = work.catch(() => undefined).then(task);
    work = done;
    return done;
  }

  async function keep(name: string, text: string): Promise<void> {
    await writeWhole(join(folder, name), text);
    total += text.length - (kept.get(name) ?? 0);
    kept.delete(name);
    kept.set(name, text.length);
    for (const [oldest, bytes] of kept) {
      if (total <= atMost) return;
      kept.delete(oldest);
      total -= bytes;
      await rm(join(folder, oldest), { force: true });
    }
  }

  async function readKept(file: string): Promise<string | null> {
    const keptAt = await stat(file).catch(() => null);
    return keptAt && now() - keptAt.mtimeMs < hours * hourMs ? readWhole(file) : null;
  }

  return {
    async through(asked, read) {
      const begun = generation;
      try {
        const page = await read();
        const text = JSON.stringify(page);
        for (const name of namesOf(asked, page.revision)) {
          if (waiting >= waitingAtMost) break;
          waiting += 1;
          // What was read before an erasure is not kept after it.
          inTurn(async () => void (begun === generation && (await keep(name, text))))
            .catch((error: unknown) => log.warn({ err: error }, "a page of members could not be kept"))
            .finally(() => {
              waiting -= 1;
            });
        }
        return page;
      } catch (error) {
        if (!(error instanceof FeedRefusal) || error.code !== "unavailable") throw error;
        const [name = ""] = namesOf(asked);
        const text = await readKept(join(folder, name));
        if (text === null) throw error;
        return JSON.parse(text) as MemberPage;
      }
    },
    settled: () =>
      work.then(
        () => undefined,
        () => undefined,
      ),
    forget() {
      generation += 1;
      return inTurn(async () => {
        await rm(folder, { recursive: true, force: true });
        await mkdir(folder, { recursive: true, mode: 0o700 });
        kept.clear();
        total = 0;
      });
    },
  };
}

/** Where a page lies: as it was asked for; and of a first page that was asked for at no revision, as of its own. */
function namesOf({ scopeName, segment, revision, cursor }: Parameters<MemberPages["through"]>[0], of?: number) {
  const name = (...place: unknown[]) =>
    createHash("sha256")
      .update(JSON.stringify([scopeName, segment, ...place]))
      .digest("hex");
  if (cursor !== undefined) return [name("cursor", cursor)];
  if (revision !== undefined) return [name("revision", Number(revision))];
  return [name("newest"), ...(of === undefined ? [] : [name("revision", of)])];
}

async function listKept(folder: string): Promise<Map<string, number>> {
  // Beside pages there may be one that is being written, or never was to its end.
  const names = (await readdir(folder)).filter((name) => /^[0-9a-f]{64}$/.test(name));
  const files = await Promise.all(names.map(async (name) => ({ name, ...(await stat(join(folder, name))) })));
  files.sort((a, b) => a.mtimeMs - b.mtimeMs);
  return new Map(files.map(({ name, size }) => [name, size]));
}
