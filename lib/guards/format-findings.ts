import type { Finding } from "../findings";
import type { TreeNode } from "../rules/definition";
import { formatNames, limitsOf, type ReadFormat } from "../rules/formats";
import type { FormatLimit } from "../rules/translation";

/** What a consumer that is told of a segment reads rules as. */
export type FormatReader = { readonly name: string; readonly format: ReadFormat };

/** Every `GuardedRule` is one, and an artefact's parts with its tree. */
export type SayableParts = {
  readonly exclude?: TreeNode | undefined;
  readonly include?: TreeNode | undefined;
  readonly rule: TreeNode;
  readonly rollout?: TreeNode | undefined;
  readonly tree: TreeNode;
};

/**
 * What the readers' formats cannot say of a segment, one finding for each reader and place: blocking where the segment
 * is about to be served to them, a warning before that. Paths point into the document; "rollout" is the release's.
 */
export function formatFindings(
  parts: SayableParts,
  readers: readonly FormatReader[],
  severity: "blocking" | "warning",
): Finding[] {
  const formats = [...new Set(readers.map(({ format }) => format))];
  const limits = new Map(formats.map((format) => [format, limitsByPart(format, parts)]));
  return readers.flatMap(({ name, format }) =>
    (limits.get(format) ?? []).map(({ path, message, resolution }) => ({
      code: "format-cannot-say",
      severity,
      path,
      message: `The consumer "${name}" reads ${formatNames[format]}, which cannot say this. ${message}`,
      resolution,
    })),
  );
}

/** Parts are said one by one, so that a limit is told where someone can do something about it. */
function limitsByPart(format: ReadFormat, { exclude, include, rule, rollout, tree }: SayableParts): FormatLimit[] {
  const places = { "definition.exclude": exclude, "definition.include": include, "definition.rule": rule, rollout };
  const ofParts = Object.entries(places).flatMap(([place, part]) =>
    part === undefined ? [] : limitsOf(format, part).map((limit) => ({ ...limit, path: within(place, limit.path) })),
  );
  const ofWhole = limitsOf(format, tree).filter(({ code }) => code === "too-large");
  return [
    ...ofParts.filter(({ code }) => code !== "too-large"),
    ...ofWhole.map((limit) => ({ ...limit, path: "definition" })),
  ];
}

function within(place: string, path: string): string {
  return path === "" ? place : `${place}.${path}`;
}
