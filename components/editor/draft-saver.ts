import type { SegmentDocument } from "@/lib/segments/document";
import type { Version } from "@/lib/versions/contract";

/** How a save ended. `stale` brings the other side; `refused` will not pass however often it is tried. */
export type SaveOutcome =
  | { readonly kind: "saved"; readonly draftRevision: number }
  | { readonly kind: "stale"; readonly theirs: Version }
  | { readonly kind: "refused"; readonly why: string }
  | { readonly kind: "unreachable"; readonly why: string };

export type SaveStatus =
  | { readonly kind: "saved"; readonly at: number | null }
  | { readonly kind: "unsaved" }
  | { readonly kind: "saving" }
  /** `base` is what was saved or loaded last here. */
  | { readonly kind: "stale"; readonly theirs: Version; readonly base: SegmentDocument }
  | { readonly kind: "refused"; readonly why: string }
  | { readonly kind: "unreachable"; readonly why: string; readonly tries: number };

type Options = {
  readonly save: (document: SegmentDocument, basedOn: number) => Promise<SaveOutcome>;
  readonly now: () => number;
  readonly waitMs?: number;
};
type Base = { readonly document: SegmentDocument; readonly draftRevision: number };

const longestRetryMs = 30_000;

/**
 * Saves a draft behind its editor: waits for a pause, has one save under way at most, tries again when the server
 * cannot be reached, and stops at a conflict until someone chooses a side. It never drops what was offered.
 */
export class DraftSaver {
  #status: SaveStatus = { kind: "saved", at: null };
  #saved: Base;
  #wanted: SegmentDocument;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #underWay: Promise<void> | undefined;
  readonly #listeners = new Set<() => void>();
  readonly #options: Options;

  constructor(base: Base, options: Options) {
    this.#saved = base;
    this.#wanted = base.document;
    this.#options = options;
  }

  readonly status = (): SaveStatus => this.#status;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  get pending(): boolean {
    return this.#wanted !== this.#saved.document;
  }

  get wanted(): SegmentDocument {
    return this.#wanted;
  }

  offer(document: SegmentDocument): void {
    if (document === this.#wanted) return;
    this.#wanted = document;
    if (this.#status.kind === "stale") return;
    if (this.#status.kind !== "saving") this.#become({ kind: "unsaved" });
    this.#schedule(this.#options.waitMs ?? 700);
  }

  /** Saves at once what is not saved yet; true when nothing is left unsaved. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    await this.#underWay;
    if (this.pending && this.#status.kind !== "stale") await this.#start();
    return !this.pending;
  }

  /** After a conflict: go on from the other side's revision, with the document that the person chose. */
  resolve(theirs: Version, document: SegmentDocument): void {
    this.#saved = { document: theirs.document, draftRevision: theirs.draftRevision };
    this.#wanted = document;
    this.#become(this.pending ? { kind: "unsaved" } : { kind: "saved", at: this.#options.now() });
    if (this.pending) this.#schedule(0);
  }

  #schedule(waitMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#start(), waitMs);
  }

  #start(): Promise<void> {
    this.#underWay ??= this.#run().finally(() => {
      this.#underWay = undefined;
    });
    return this.#underWay;
  }

  async #run(): Promise<void> {
    while (this.pending) {
      const tries = this.#status.kind === "unreachable" ? this.#status.tries : 0;
      const document = this.#wanted;
      this.#become({ kind: "saving" });
      const outcome = await this.#options.save(document, this.#saved.draftRevision);
      if (outcome.kind === "saved") {
        this.#saved = { document, draftRevision: outcome.draftRevision };
        continue;
      }
      if (outcome.kind === "unreachable") {
        this.#become({ ...outcome, tries: tries + 1 });
        this.#schedule(Math.min(longestRetryMs, 1_000 * 2 ** tries));
        return;
      }
      this.#become(outcome.kind === "stale" ? { ...outcome, base: this.#saved.document } : outcome);
      if (outcome.kind === "refused" && document !== this.#wanted) this.#schedule(0);
      return;
    }
    this.#become({ kind: "saved", at: this.#options.now() });
  }

  #become(status: SaveStatus): void {
    this.#status = status;
    for (const listener of this.#listeners) listener();
  }
}
