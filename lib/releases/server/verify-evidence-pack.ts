import { signerOf } from "../../server/detached-jws";
import type { PublicKeys } from "../../server/signing-key";
import { packFaults } from "../check-evidence-pack";
import { type EvidencePack, signedEvidencePackSchema } from "../evidence-pack-contract";

export type PackVerification = {
  /** Null for something that is no pack. */
  readonly pack: EvidencePack | null;
  /** Of the key that signed it, if one of those that are known did. */
  readonly keyId: string | null;
  readonly faults: readonly string[];
};

/** Whether a pack is as it was made, by these keys and by what it says itself. Needs no database. */
export async function verifyEvidencePack(input: unknown, keys: PublicKeys): Promise<PackVerification> {
  const parsed = signedEvidencePackSchema.safeParse(input);
  if (!parsed.success || typeof input !== "object" || input === null) {
    return { pack: null, keyId: null, faults: ["This is not an evidence pack."] };
  }
  const pack = parsed.data;
  // As it was given: a field that no pack has is not signed either.
  const { signature, ...signed } = { signature: pack.signature, ...input };
  const keyId = await signerOf(keys, signed, signature);
  const unsigned = keyId === null ? ["Its signature is not of this content by a key that is known."] : [];
  return { pack, keyId, faults: [...unsigned, ...packFaults(pack, keys.verifies)] };
}
