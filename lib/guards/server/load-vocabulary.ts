import type { Catalogue } from "../../catalogue/definition";
import { loadCatalogue } from "../../catalogue/server/load-catalogue";
import { contentOf, newestHeads } from "../../lists/server/list-content";
import { bounds } from "../../rules/definition";
import { type References, referencesOf } from "../../rules/references";
import type { DocumentVocabulary, ListMeaning, SegmentMeaning } from "../../rules/vocabulary";
import { attributesUsed } from "../../segments/attributes-used";
import type { Database, Transaction } from "../../server/database";
import { type Artefact, takesNobody } from "../artefact";
import type { HousePolicies } from "../check-guarded";
import type { Drift } from "../drift-findings";
import type { Arrival } from "../silence-findings";
import { frozenArtefacts } from "./frozen-artefacts";
import { loadHousePolicies } from "./house-policies";
import { listNeighbours } from "./live-artefacts";
import { loadArrivals } from "./load-arrivals";
import { loadDrift } from "./load-drift";

/** What references stand for in an environment. */
export type Meanings = {
  readonly segments: ReadonlyMap<string, SegmentMeaning>;
  readonly lists: ReadonlyMap<string, ListMeaning>;
  /** Names the releases and list versions that were looked at: as long as it is the same, so are the meanings. */
  readonly stand: string;
};

/** What is warned of although nobody changed anything. */
export type HouseMeasures = { readonly drift: Drift; readonly arrivals: readonly Arrival[] };

/**
 * What documents (or bare rules, in any state) may speak of in an environment: the catalogue, the names of all segments
 * that are live there and of all lists, what those stand for that a document refers to, and what the house decided.
 */
export async function loadVocabulary(
  db: Database | Transaction,
  environment: string,
  ...documents: readonly unknown[]
): Promise<DocumentVocabulary & Meanings & HousePolicies & HouseMeasures> {
  const references = referencesOf({ all: documents.map(ruleOf) });
  // One after another: a transaction has one connection.
  const catalogue = await loadCatalogue(db);
  const meanings = await loadMeanings(db, environment, references);
  const live = documents.some(hasStanding) ? await listNeighbours(db, environment) : undefined;
  const keys = documents.flatMap(keyOf);
  const policies = await loadHousePolicies(db, keys);
  const used = documents.flatMap((document) => attributesUsed(ruleOf(document)));
  const scores = used.filter(isScore(catalogue));
  const drift = await loadDrift(db, environment, { segments: keys, scores });
  const arrivals = await loadArrivals(db, used);
  return { ...catalogue, ...meanings, ...policies, drift, arrivals, ...(live && { live }) };
}

function isScore({ attributes }: Catalogue): (key: string) => boolean {
  return (key) => attributes.get(key)?.source === "score";
}

function keyOf(document: unknown): string[] {
  if (typeof document !== "object" || document === null || !("key" in document)) return [];
  return typeof document.key === "string" ? [document.key] : [];
}

function hasStanding(document: unknown): boolean {
  return typeof document === "object" && document !== null && "standing" in document && document.standing !== undefined;
}

function ruleOf(document: unknown): unknown {
  if (typeof document !== "object" || document === null || !("definition" in document)) return document;
  const { definition } = document;
  return typeof definition === "object" && definition !== null && "rule" in definition ? definition.rule : undefined;
}

const nothing: Meanings = { segments: new Map(), lists: new Map(), stand: "" };

/** Asks nothing of the database for a rule that refers to nothing. */
export async function loadMeanings(
  db: Database | Transaction,
  environment: string,
  references: References,
): Promise<Meanings> {
  if (references.segments.length + references.lists.length === 0) return nothing;
  const segments = await loadSegments(db, environment, references.segments);
  const lists = await loadLists(db, references.lists);
  return { segments: segments.meanings, lists: lists.meanings, stand: [...segments.stand, ...lists.stand].join("\n") };
}

type Loaded<Meaning> = { readonly meanings: Map<string, Meaning>; readonly stand: readonly string[] };

async function loadSegments(
  db: Database | Transaction,
  environment: string,
  keys: readonly string[],
): Promise<Loaded<SegmentMeaning>> {
  const live = await db.release.findMany({
    where: { environmentKey: environment, endedAt: null, kind: { not: "kill" } },
    select: { id: true, segment: { select: { key: true, name: true, state: true } } },
    orderBy: { segment: { key: "asc" } },
  });
  const releaseIds = new Map(live.map(({ id, segment }) => [segment.key, id]));
  const released = await reachableArtefacts(db, releaseIds, keys);
  return {
    meanings: new Map(
      live.flatMap(({ segment: { key, name, state } }) => {
        const artefact = released.get(key);
        // Of what was not read, production's word is taken.
        if (artefact ? takesNobody(artefact) : state === "archived") return [];
        return [[key, artefact ? { name, released: ruleOfArtefact(artefact) } : { name }]];
      }),
    ),
    stand: [...released.keys()].sort().map((key) => `segment ${key} ${releaseIds.get(key)}`),
  };
}

function ruleOfArtefact({ version, parts: { rule } }: Artefact): SegmentMeaning["released"] {
  return { version, rule };
}

/** What is served of the segments, of those that these refer to, and so on, all as they are live: no way back is missed. */
async function reachableArtefacts(
  db: Database | Transaction,
  releaseIds: ReadonlyMap<string, string>,
  keys: readonly string[],
): Promise<ReadonlyMap<string, Artefact>> {
  const reached = new Map<string, Artefact>();
  for (let wanted = keys; wanted.length > 0; ) {
    const known = wanted.flatMap((key) => releaseIds.get(key) ?? []);
    const artefacts = await frozenArtefacts(db, known);
    const next = new Set<string>();
    for (const key of wanted) {
      const artefact = artefacts.get(releaseIds.get(key) ?? "");
      if (!artefact) continue;
      reached.set(key, artefact);
      for (const further of referencesOf(artefact.parts.rule).segments) next.add(further);
    }
    wanted = [...next].filter((key) => !reached.has(key) && releaseIds.has(key));
  }
  return reached;
}

/** Contents only until there are more than a rule may name: such a rule is refused, and nobody reads the rest. */
async function loadLists(db: Database | Transaction, keys: readonly string[]): Promise<Loaded<ListMeaning>> {
  const names = await db.managedList.findMany({ select: { key: true, name: true }, orderBy: { key: "asc" } });
  const heads = await newestHeads(db, keys);
  const meanings = new Map<string, ListMeaning>(names.map(({ key, name }) => [key, { name }]));
  let entries = 0;
  for (const key of keys) {
    const meaning = meanings.get(key);
    if (!meaning || entries > bounds.listedCustomers) continue;
    const head = heads.get(key);
    const content = { version: head?.number ?? 0, entries: head ? await contentOf(db, head) : [] };
    entries += content.entries.length;
    meanings.set(key, { ...meaning, content });
  }
  return { meanings, stand: keys.map((key) => `list ${key} ${heads.get(key)?.number ?? 0}`) };
}
