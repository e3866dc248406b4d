import { Alert } from "@mantine/core";
import { isArchived, type SegmentDocument } from "@/lib/segments/document";

/** What stands over everything else that the document says. */
export function StandingNote({ document }: { readonly document: SegmentDocument }) {
  const { standing } = document;
  if (!standing) return null;
  const [color, title] = isArchived(document)
    ? (["gray", "Archived: nobody is a member, whatever the rule says"] as const)
    : (["amber", "Deprecated: members stay, and consumers are told that it goes"] as const);
  return (
    <Alert color={color} title={title} mb="lg">
      {standing.notice}
    </Alert>
  );
}
