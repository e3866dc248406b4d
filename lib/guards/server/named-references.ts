import type { Rule } from "../../rules/definition";
import { pinnedReferencesOf } from "../../rules/pinned-versions";
import { type ResolvedReference, referencesOf } from "../../rules/references";
import type { NamedReference } from "../../segments/contract";
import { productionKey } from "../../segments/server/production";
import type { Database } from "../../server/database";
import { findLiveArtefact } from "./live-artefacts";

/** What the rules refer to, by name, with the versions that the segment `liveKey` stands on in production. */
export async function namedReferences(
  db: Database,
  rules: readonly Rule[],
  liveKey: string,
): Promise<NamedReference[]> {
  const found = rules.map((rule) => referencesOf(rule));
  const segments = [...new Set(found.flatMap((each) => each.segments))];
  const lists = [...new Set(found.flatMap((each) => each.lists))];
  if (segments.length + lists.length === 0) return [];
  const environment = await productionKey(db);
  const served = { key: { in: segments }, state: { not: "archived" } } as const;
  const [live, pinned, names, contents] = await Promise.all([
    db.release.findMany({
      where: { environmentKey: environment, endedAt: null, kind: { not: "kill" }, segment: served },
      select: { segment: { select: { key: true } }, version: { select: { number: true } } },
    }),
    pinnedIn(db, environment, liveKey),
    db.segment.findMany({ where: { key: { in: segments } }, select: { key: true, name: true } }),
    db.managedList.findMany({
      where: { key: { in: lists } },
      select: { key: true, name: true, versions: { select: { number: true }, orderBy: { number: "desc" }, take: 1 } },
    }),
  ]);
  const nameOf = (rows: readonly { key: string; name: string }[], key: string) =>
    rows.find((row) => row.key === key)?.name ?? key;
  const pinnedOf = (kind: NamedReference["kind"], key: string) =>
    pinned.find((each) => each.kind === kind && each.key === key)?.version ?? null;
  return [
    ...segments.map((key): NamedReference => {
      const newest = live.find(({ segment }) => segment.key === key)?.version.number ?? null;
      return { kind: "segment", key, name: nameOf(names, key), newest, pinned: pinnedOf("segment", key) };
    }),
    ...lists.map((key): NamedReference => {
      const newest = contents.find((row) => row.key === key)?.versions[0]?.number ?? null;
      return { kind: "list", key, name: nameOf(contents, key), newest, pinned: pinnedOf("list", key) };
    }),
  ];
}

async function pinnedIn(db: Database, environment: string, key: string): Promise<ResolvedReference[]> {
  const live = await findLiveArtefact(db, environment, key);
  return live ? pinnedReferencesOf(live.artefact.parts.rule) : [];
}
