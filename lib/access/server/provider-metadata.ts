import { z } from "zod";
import { processSingleton } from "../../server/process-singleton";

/** What Steward itself reads of OpenID Connect Discovery; next-auth reads the rest. */
const metadataSchema = z.object({
  issuer: z.string(),
  jwks_uri: z.url(),
  end_session_endpoint: z.url().optional(),
});
export type ProviderMetadata = z.output<typeof metadataSchema>;

type Known = { readonly address: string; readonly metadata: ProviderMetadata; readonly until: number };

const known = processSingleton<Known>("what the identity provider says of itself");
const keptMs = 10 * 60_000;
const timeoutMs = 10_000;

export function metadataAddress(issuer: string): string {
  return `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
}

/** Asked for at most every ten minutes. Throws where the provider does not answer, or with something else. */
export async function providerMetadata(issuer: string): Promise<ProviderMetadata> {
  const address = metadataAddress(issuer);
  const kept = known.find();
  if (kept && kept.address === address && kept.until > Date.now()) return kept.metadata;
  const response = await fetch(address, { signal: AbortSignal.timeout(timeoutMs) });
  if (!response.ok) throw new Error(`${address} answers ${response.status}.`);
  const metadata = metadataSchema.parse(await response.json());
  known.set({ address, metadata, until: Date.now() + keptMs });
  return metadata;
}
