import type { RulePath } from "../../rules/definition";
import type { NodeColumns } from "./node-columns";

/** Boolean expressions whose true rows are a funnel step's numbers; see `FunnelStep`. */
export type FunnelExpressions = {
  readonly path: RulePath;
  readonly alone: string;
  readonly cumulative: string;
  readonly missing: string | undefined;
};

/** Every node below and including `root`, in document order. */
export function funnelExpressions(root: NodeColumns): FunnelExpressions[] {
  return steps(root, [], "TRUE", root.value);
}

/** `context` holds where the earlier siblings in every `all` above hold; `cumulative` is that and the node. */
function steps(node: NodeColumns, path: RulePath, context: string, cumulative: string): FunnelExpressions[] {
  const own = { path, alone: node.value, cumulative, missing: node.missing };
  const kind = "all" in node.node ? "all" : "any" in node.node ? "any" : "none";
  const below = node.children.flatMap((child, index) => {
    const childPath = [...path, kind, index];
    if (node.held === undefined) return steps(child, childPath, context, and(context, child.value));
    if (index === 0) return steps(child, childPath, context, and(context, child.value));
    const before = and(context, `${node.held} >= ${index}`);
    return steps(child, childPath, before, and(context, `${node.held} > ${index}`));
  });
  return [own, ...below];
}

export function and(left: string, right: string): string {
  return left === "TRUE" ? right : `${left} AND ${right}`;
}
