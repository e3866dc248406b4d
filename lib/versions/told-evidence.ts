import type { RoundCustomers } from "../catalogue/small-cells";
import { roundPreview } from "../previews/round-preview";
import type { Evidence } from "./contract";

/** Evidence as it is told: in rounded numbers, and without the exact shares that approvals stand on. */
export function toldEvidence({ basis, ...evidence }: Evidence, round: RoundCustomers): Evidence {
  return {
    ...evidence,
    preview: roundPreview(evidence.preview, round),
    ...(basis && { basis: { ...basis, impact: null } }),
  };
}
