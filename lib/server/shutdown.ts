import { log } from "./log";
import { StartError } from "./start-error";

export type Shutdown = {
  /** Named, for the log; run in the reverse order of adding. */
  add: (name: string, close: () => Promise<void>) => void;
  /** Closes everything and ends the process. Calling it again changes nothing. */
  end: (exitCode: number) => Promise<never>;
  /** Says why, closes everything and ends the process with the failure's exit code. */
  fail: (error: unknown) => Promise<never>;
};

const impatientAfterMs = 1000;
const closeWithinMs = 15_000;

/**
 * Ends the process in order on Ctrl-C, SIGTERM, SIGHUP and when the process that started it is gone.
 * A second Ctrl-C, a second later or more, ends it at once.
 */
export function createShutdown(): Shutdown {
  const closers: { name: string; close: () => Promise<void> }[] = [];
  let ending: Promise<never> | undefined;
  let endingSince = 0;

  const end = (exitCode: number): Promise<never> => {
    ending ??= closeAll(exitCode);
    return ending;
  };

  const closeAll = async (exitCode: number): Promise<never> => {
    endingSince = Date.now();
    setTimeout(() => process.exit(exitCode || 1), closeWithinMs).unref();
    for (let closer = closers.pop(); closer; closer = closers.pop()) {
      await closer.close().catch((error: unknown) => log.error({ err: error, part: closer?.name }, "did not close"));
    }
    process.exit(exitCode);
  };

  const fail = (error: unknown): Promise<never> => {
    if (ending) return ending;
    if (error instanceof StartError) {
      console.error(`\n${error.message}\n`);
      return end(error.exitCode);
    }
    log.fatal({ err: error }, "the process cannot go on");
    return end(1);
  };

  const onSignal = () => {
    if (ending && Date.now() - endingSince > impatientAfterMs) process.exit(1);
    void end(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
  process.on("disconnect", () => void end(0));
  process.on("message", (message) => message === "stop" && void end(0));
  process.on("uncaughtException", (error) => void fail(error));
  process.on("unhandledRejection", (error) => log.error({ err: error }, "a promise was rejected and nobody looked"));

  return { add: (name, close) => void closers.push({ name, close }), end, fail };
}
