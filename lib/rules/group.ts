import type { GroupKind, Rule } from "./definition";

export function group(kind: GroupKind, children: readonly Rule[]): Rule {
  switch (kind) {
    case "all":
      return { all: children };
    case "any":
      return { any: children };
    case "none":
      return { none: children };
  }
}
