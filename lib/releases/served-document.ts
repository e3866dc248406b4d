import type { Artefact } from "../guards/artefact";
import type { TreeNode } from "../rules/definition";
import { unresolved } from "../rules/references";
import type { ListEntry, SegmentDocument } from "../segments/document";

/**
 * The document that an environment served, as far as its artefact tells: of a version that was edited afterwards, the
 * rest is as `document` has it now. Entries of lists by hand have lost their reasons.
 */
export function servedDocument(artefact: Artefact, document: SegmentDocument): SegmentDocument {
  const { name, description, regions, treatments, precedence, exclusiveGroup, purposes, parts, standing } = artefact;
  const { exclusiveGroup: _group, standing: _standing, ...rest } = document;
  return {
    ...rest,
    ...{ name, description, regions, treatments, precedence },
    ...(exclusiveGroup === null ? {} : { exclusiveGroup }),
    ...(standing === null ? {} : { standing }),
    purposes: purposes.map(({ key }) => key),
    definition: {
      rule: unresolved(parts.rule),
      include: entriesOf(parts.include),
      exclude: entriesOf(parts.exclude),
    },
  };
}

function entriesOf(node: TreeNode | undefined): ListEntry[] {
  if (node === undefined || !("guard" in node) || node.guard !== "listed") return [];
  return node.entries.map(({ customerId, expiresAt }) => ({
    ...{ customerId, reason: "" },
    ...(expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt).toISOString() }),
  }));
}
