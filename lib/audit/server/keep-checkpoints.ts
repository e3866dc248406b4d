import { log } from "../../server/log";
import { CheckpointConflict, type Witness, writeCheckpoint } from "./write-checkpoint";

const everyMs = 1_000;

/** Looks every second whether the audit has grown, and writes a checkpoint if so; a last one when it is closed. */
export function keepCheckpoints(witness: Witness): { close(): Promise<void> } {
  let seen: bigint | undefined;
  let writing: Promise<void> | undefined;
  let complaint: string | undefined;

  async function look(): Promise<void> {
    const head = await witness.db.auditHead.findUnique({ where: { id: 1 }, select: { sequence: true } });
    if (!head || head.sequence === seen) return;
    await writeCheckpoint(witness, new Date());
    seen = head.sequence;
    complaint = undefined;
  }

  /** Said once, not every second. */
  function complain(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    if (message === complaint) return;
    complaint = message;
    if (error instanceof CheckpointConflict) log.error(message);
    else log.error({ err: error }, "a checkpoint of the audit could not be written");
  }

  function tick(): Promise<void> {
    writing ??= look()
      .catch(complain)
      .finally(() => {
        writing = undefined;
      });
    return writing;
  }

  const timer = setInterval(tick, everyMs);
  timer.unref();
  return {
    async close() {
      clearInterval(timer);
      await writing;
      await tick();
    },
  };
}
