import { createActivation } from "./activation";
import type { Client, ConnectOptions } from "./api";
import type { Clock } from "./clock";
import { createEmitter } from "./emitter";
import { segmentsOf, treatmentsOf } from "./evaluation";
import { follow } from "./follow";
import type { LastGoodStore } from "./last-good";
import { openLastGoodFile } from "./last-good-file";
import { createMembership } from "./membership";
import { readOptions, type Settings } from "./options";
import { createPuller } from "./pull";
import { readBody } from "./read-body";
import { createReceipts } from "./receipts";
import { createRequest, type Request } from "./request";
import { restore } from "./restore";
import { utf8 } from "./shape";
import { StewardError } from "./steward-error";
import { createTrustedKeys } from "./trusted-keys";

export function createClient(options: ConnectOptions, clock: Clock): Client {
  const settings = readOptions(options);
  const closing = new AbortController();
  const { on, emit } = createEmitter();
  const activation = createActivation(clock.now, { emit });
  const request = createRequest({ ...settings, closing: closing.signal });
  const { mostBytes } = settings;
  const membership = createMembership({ request, mostBytes, clock, closing: closing.signal, emit });
  const receipts = createReceipts(request, settings.instance, clock);
  const tell = (error: StewardError) => emit("error", error);

  async function run(): Promise<void> {
    const store = await openStore(settings, tell);
    const { environment, scope, trustedKeys: pinned } = settings;
    const restored = store && (await restore({ store, environment, scope, pinned, onUnusable: tell }));
    if (restored) activation.restore(restored.active);
    const fetchKeys = () => askKeys(request, mostBytes);
    const keys = createTrustedKeys({ pinned, known: restored?.keys ?? [], fetchKeys, now: clock.now });
    const puller = createPuller({
      ...{ request, keys, activation, receipts, environment, scope, mostBytes, store, clock },
      onUnwritable: tell,
    });
    const following = { request, mostBytes, clock, closing: closing.signal, membership, activation, puller, receipts };
    await follow({ ...following, mode: settings.mode, pollSeconds: settings.pollSeconds, emit });
  }

  const running = run();
  return {
    get revision() {
      return activation.status().revision;
    },
    ready: ({ signal } = {}) => activation.ready(signal),
    status: activation.status,
    segmentsOf: (customer, asOf = clock.now()) => segmentsOf(activation.require(), customer, asOf),
    treatmentsOf: (customer, asOf = clock.now()) => treatmentsOf(activation.require(), customer, asOf),
    async isMember(segment, customerId) {
      if (closing.signal.aborted) throw new StewardError("closed", "The client is closed.");
      return membership.isMember(segment, customerId);
    },
    on,
    async close() {
      closing.abort();
      activation.close();
      await running;
      await receipts.settled();
    },
  };
}

async function openStore({ cacheFile }: Settings, tell: (error: StewardError) => void): Promise<LastGoodStore | null> {
  if (cacheFile === undefined) return null;
  return openLastGoodFile(cacheFile).catch((cause: unknown) => {
    tell(new StewardError("cache-unusable", "This runtime keeps no files: leave cacheFile out.", { cause }));
    return null;
  });
}

async function askKeys(request: Request, mostBytes: number): Promise<unknown> {
  const answer = await request({ path: "/keys", accept: "application/jwk-set+json" });
  const text = utf8(await readBody(answer, mostBytes));
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new StewardError("malformed-answer", "The feed's keys are no JSON.", { cause });
  }
}
