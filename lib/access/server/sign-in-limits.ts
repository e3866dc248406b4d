import { RateLimiterMemory } from "rate-limiter-flexible";
import { processSingleton } from "../../server/process-singleton";

export type SignInAttempt = { readonly email: string; readonly address: string };

const windowSeconds = 15 * 60;
const shared = processSingleton<ReturnType<typeof createSignInLimits>>("the limits on sign-in");

export function signInLimits(): ReturnType<typeof createSignInLimits> {
  const found = shared.find() ?? createSignInLimits();
  shared.set(found);
  return found;
}

/**
 * Few tries for one account from one address; more for an account or an address by itself, since an address can be
 * forged and an account should not be locked by anyone who knows its name.
 */
export function createSignInLimits(tries = { pair: 10, email: 100, address: 300 }) {
  const pairs = new RateLimiterMemory({ points: tries.pair, duration: windowSeconds });
  const emails = new RateLimiterMemory({ points: tries.email, duration: windowSeconds });
  const addresses = new RateLimiterMemory({ points: tries.address, duration: windowSeconds });
  const counters = ({ email, address }: SignInAttempt) =>
    [
      [pairs, JSON.stringify([email, address])],
      [emails, email],
      [addresses, address],
    ] as const;
  return {
    /** Counts an attempt before it is made; false when there were too many. */
    async admit(attempt: SignInAttempt): Promise<boolean> {
      const counted = await Promise.allSettled(counters(attempt).map(([limiter, key]) => limiter.consume(key)));
      return counted.every(({ status }) => status === "fulfilled");
    },
    /** Who got in is not counted. */
    async forget(attempt: SignInAttempt): Promise<void> {
      const [[pair, key], ...others] = counters(attempt);
      await Promise.all([pair.delete(key), ...others.map(([limiter, name]) => limiter.reward(name))]);
    },
  };
}
