import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { fairTurns, type TurnLimits } from "./fair-turns";

afterEach(() => vi.useRealTimers());

/** Takes turns by name and records who was admitted, in order. */
function counter(limits: TurnLimits) {
  const turns = fairTurns(limits);
  const admitted: string[] = [];
  const ends = new Map<string, () => void>();
  const ask = (name: string, person: string, signal?: AbortSignal) =>
    turns.take({ for: person, signal }).then((end) => {
      admitted.push(name);
      ends.set(name, end);
    });
  const end = async (name: string) => {
    ends.get(name)?.();
    await settled();
  };
  return { turns, admitted, ask, end };
}

/** Lets everything happen that waits for nothing but promises. */
async function settled(): Promise<void> {
  for (let round = 0; round < 5; round++) await Promise.resolve();
}

test("whoever has no turn comes before whoever has one, however many of theirs wait", async () => {
  const { admitted, ask, end } = counter({ size: 2 });
  for (const name of ["a1", "a2", "a3", "a4"]) void ask(name, "a");
  void ask("b1", "b");
  await settled();
  expect(admitted).toEqual(["a1", "a2"]);
  await end("a1");
  expect(admitted).toEqual(["a1", "a2", "b1"]);
  await end("b1");
  expect(admitted).toEqual(["a1", "a2", "b1", "a3"]);
});

test("among those with as many turns, who has waited longest is next", async () => {
  const { admitted, ask, end } = counter({ size: 1 });
  for (const name of ["a", "b", "c"]) void ask(name, name);
  void ask("a again", "a");
  for (const name of ["a", "b", "c"]) {
    await settled();
    await end(name);
  }
  expect(admitted).toEqual(["a", "b", "c", "a again"]);
});

test("one person leaves turns to others even when nobody waits", async () => {
  const { admitted, ask, end } = counter({ size: 3, each: 1 });
  void ask("a1", "a");
  void ask("a2", "a");
  await settled();
  expect(admitted).toEqual(["a1"]);
  void ask("b1", "b");
  await settled();
  expect(admitted).toEqual(["a1", "b1"]);
  await end("a1");
  expect(admitted).toEqual(["a1", "b1", "a2"]);
});

test("who gives up waiting leaves the queue, and their place to the next", async () => {
  const { admitted, ask, end } = counter({ size: 1 });
  const controller = new AbortController();
  void ask("a1", "a");
  const left = expect(ask("b1", "b", controller.signal)).rejects.toThrow("superseded");
  void ask("c1", "c");
  controller.abort(new Error("superseded"));
  await left;
  await end("a1");
  expect(admitted).toEqual(["a1", "c1"]);
  await expect(ask("d1", "d", controller.signal)).rejects.toThrow("superseded");
});

test("somebody who waits too long is refused and told to try again; what nobody waits for keeps waiting", async () => {
  vi.useFakeTimers();
  const { turns, ask, end } = counter({ size: 1, patienceMs: 3_000 });
  await ask("a1", "a");
  const refused = expect(ask("b1", "b")).rejects.toMatchObject({
    code: "blocked",
    reason: "busy",
    message: /try again/i,
  });
  const job = turns.take();
  await vi.advanceTimersByTimeAsync(3_000);
  await refused;
  await end("a1");
  await expect(job).resolves.toBeTypeOf("function");
});

test("closing refuses everybody who waits", async () => {
  const { turns, ask } = counter({ size: 1 });
  await ask("a1", "a");
  const refused = expect(ask("b1", "b")).rejects.toThrow("closed");
  turns.close(new Error("closed"));
  await refused;
});

test("never more turns than there are, none of anyone beyond their share, and everybody is admitted in the end", async () => {
  const asked = fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(
      asked,
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 4 }),
      async (people, size, each) => {
        const turns = fairTurns({ size, each });
        const running: { readonly person: string; end(): void }[] = [];
        const all = people.map((person) => turns.take({ for: person }).then((end) => running.push({ person, end })));
        for (let left = people.length; left > 0; left -= 1) {
          await settled();
          expect(running.length).toBeLessThanOrEqual(size);
          for (const { person } of running)
            expect(running.filter((other) => other.person === person).length).toBeLessThanOrEqual(each);
          running.shift()?.end();
        }
        await Promise.all(all);
      },
    ),
    { numRuns: 60 },
  );
});
