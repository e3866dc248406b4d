/** What an answer of /healthz may name. */
export type HealthPart = "database" | "migrations" | "engine" | "console" | "jobs" | "feed";

/** Resolves when the part works, and throws with the reason when it does not. */
export type HealthCheck = () => Promise<void>;

export type HealthReport = {
  /** Degraded: it serves what it has, and something that it keeps current with is away. */
  readonly status: "ready" | "degraded" | "not ready" | "stopping";
  readonly missing: Partial<Record<HealthPart, string>>;
};

/** Without which a process does not serve, and without which it serves from memory. */
export type HealthParts = { readonly needed: readonly HealthPart[]; readonly wanted?: readonly HealthPart[] };

export type HealthChecks = Partial<Record<HealthPart, HealthCheck>>;

const patienceMs = 2000;

/** Asks every part at once; one that has no check yet is still starting. */
export async function checkHealth(checks: HealthChecks, { needed, wanted = [] }: HealthParts): Promise<HealthReport> {
  const parts = [...needed, ...wanted];
  const faults = await Promise.all(parts.map((part) => faultOf(checks[part])));
  const missing: HealthReport["missing"] = {};
  parts.forEach((part, at) => {
    const fault = faults[at];
    if (fault) missing[part] = fault;
  });
  const isMissing = (part: HealthPart) => missing[part] !== undefined;
  if (needed.some(isMissing)) return { status: "not ready", missing };
  return { status: wanted.some(isMissing) ? "degraded" : "ready", missing };
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
