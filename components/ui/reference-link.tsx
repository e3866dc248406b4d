import { TextLink } from "./link-button";
import { Mono } from "./mono";

type ReferenceLinkProps = {
  readonly reference: { readonly kind: "segment" | "list"; readonly key: string; readonly version?: number };
};

/** Beside a condition that refers to a segment or a managed list: the version that it stands for, and the way there. */
export function ReferenceLink({ reference: { kind, key, version } }: ReferenceLinkProps) {
  return (
    <TextLink
      href={`/${kind === "segment" ? "segments" : "lists"}/${key}`}
      aria-label={`${version === undefined ? "open" : `v${version}`} of the ${kind} ${key}`}
    >
      {version === undefined ? "open" : <Mono>v{version}</Mono>}
    </TextLink>
  );
}
