import type { Engine } from "../../engine/engine";
import { type LiveArtefact, listLiveArtefacts } from "../../guards/server/live-artefacts";
import type { Database } from "../../server/database";
import { listedCustomers, type Scope, scopeName } from "../scope";
import type { Keyring } from "./keyring";
import { createScopeView, type ScopeView } from "./scope-view";

export type ReleasedViews = {
  /** The view of a scope, from memory; undefined where it must be made first. */
  peek(scopeName: string): ScopeView | undefined;
  /** The view of a scope, made when this is the first to ask; null for an environment there is not. */
  require(scope: Scope): Promise<ScopeView | null>;
  /** Takes over what was released since, or who moved among the customers that rules name by hand. */
  refresh(): Promise<void>;
};

type Released = {
  readonly revision: number;
  readonly artefacts: readonly LiveArtefact[];
  /** The state of the customers that lists by hand were compared with; null where there are no such lists. */
  readonly customersAt: number | null;
};

/**
 * What every scope is served, by revision. All scopes of an environment change together, when all are ready, so no
 * pull meets a mixture; until then the revision before is served.
 */
export async function createReleasedViews(
  db: Database,
  keyring: Pick<Keyring, "all">,
  engine: () => Engine,
): Promise<ReleasedViews> {
  let released = new Map<string, Released>();
  let views = new Map<string, ScopeView>();
  let work: Promise<unknown> = Promise.resolve();

  function inTurn<T>(task: () => Promise<T>): Promise<T> {
    const done = work.catch(() => undefined).then(task);
    work = done;
    return done;
  }

  async function readReleased(): Promise<Map<string, Released>> {
    const next = new Map<string, Released>();
    for (const { key, revision } of await db.environment.findMany({ select: { key: true, revision: true } })) {
      const known = released.get(key);
      const current = known?.revision === revision ? known : await readEnvironment(db, key);
      const at = customersAt(current.artefacts, engine).catch(() => known?.customersAt ?? null);
      next.set(key, { ...current, customersAt: await at });
    }
    return next;
  }

  async function refresh(): Promise<void> {
    const next = await readReleased();
    const changed = [...next].filter(([key, now]) => {
      const before = released.get(key);
      return before?.revision !== now.revision || before.customersAt !== now.customersAt;
    });
    if (changed.length === 0 && next.size === released.size) return;
    const scopes = new Map([...keyring.all()].map(({ scope }) => [scopeName(scope), scope]));
    const made = new Map(views);
    for (const [environment] of changed) {
      for (const [name, view] of made) if (view.environment === environment) made.delete(name);
    }
    for (const [name, scope] of scopes) {
      const now = next.get(scope.environment);
      if (!now || made.has(name)) continue;
      const before = views.get(name);
      const view = createScopeView(scope, now, engine, before);
      // A scope that nobody was served yet holds nobody up: it is made when somebody asks.
      const ready = await (before ? view : view.catch(() => undefined));
      if (ready) made.set(name, ready);
    }
    released = next;
    views = made;
  }

  await inTurn(refresh);
  return {
    peek: (name) => views.get(name),
    require: (scope) =>
      inTurn(async () => {
        const name = scopeName(scope);
        const now = released.get(scope.environment);
        const view = views.get(name) ?? (now ? await createScopeView(scope, now, engine) : null);
        if (view) views.set(name, view);
        return view;
      }),
    refresh: () => inTurn(refresh),
  };
}

/** Revision and releases as of one instant: a release that commits meanwhile is in both or in neither. */
function readEnvironment(db: Database, environment: string): Promise<Omit<Released, "customersAt">> {
  return db.$transaction(
    async (tx) => {
      const { revision } = await tx.environment.findUniqueOrThrow({ where: { key: environment } });
      return { revision, artefacts: await listLiveArtefacts(tx, environment) };
    },
    { isolationLevel: "RepeatableRead" },
  );
}

async function customersAt(artefacts: readonly LiveArtefact[], engine: () => Engine): Promise<number | null> {
  return artefacts.some(({ artefact }) => listedCustomers(artefact).length > 0) ? engine().changedAt() : null;
}
