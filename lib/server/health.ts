export const healthParts = ["database", "migrations", "engine", "console"] as const;
export type HealthPart = (typeof healthParts)[number];

/** Resolves when the part works, and throws with the reason when it does not. */
export type HealthCheck = () => Promise<void>;

export type HealthReport = { status: "ready" | "not ready"; missing: Partial<Record<HealthPart, string>> };

const patienceMs = 2000;

/** Asks every part at once; one that has no check yet is still starting. */
export async function checkHealth(checks: Partial<Record<HealthPart, HealthCheck>>): Promise<HealthReport> {
  const answers = await Promise.all(healthParts.map((part) => faultOf(checks[part])));
  const missing: HealthReport["missing"] = {};
  healthParts.forEach((part, index) => {
    const fault = answers[index];
    if (fault) missing[part] = fault;
  });
  return { status: Object.keys(missing).length === 0 ? "ready" : "not ready", missing };
}

async function faultOf(check: HealthCheck | undefined): Promise<string | null> {
  if (!check) return "starting";
  const late = AbortSignal.timeout(patienceMs);
  const timeout = new Promise<string>((resolve) => {
    late.addEventListener("abort", () => resolve(`no answer in ${patienceMs} ms`), { once: true });
  });
  const answer = check().then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : "failed"),
  );
  return Promise.race([answer, timeout]);
}
