import { Alert, Button, Group } from "@mantine/core";
import { TimeAgo } from "@/components/ui/instant";
import type { Review } from "@/lib/versions/contract";
import type { SeenReview } from "./use-pulse";

/** Tells whoever is reading that this is not what they began to read. */
export function MovedBanner({ review, seen }: { readonly review: Review; readonly seen: SeenReview }) {
  if (!seen.moved) return null;
  const voided = review.approvals.verdicts.filter(({ verdict, counts }) => verdict === "approve" && !counts).length;
  return (
    <Alert
      color="amber"
      role="status"
      title={`Version ${review.version.number} has changed since you opened it`}
      mb="lg"
    >
      <Group justify="space-between" gap="sm">
        <span>
          {seen.lastEdit && (
            <>
              {seen.lastEdit.person.name} edited it <TimeAgo at={seen.lastEdit.at} />.{" "}
            </>
          )}
          {voided === 1 && "An approval of the earlier content is void. "}
          {voided > 1 && `${voided} approvals of the earlier content are void. `}
          What you see is the content as it is now.
        </span>
        <Button size="xs" onClick={seen.look}>
          I have seen it
        </Button>
      </Group>
    </Alert>
  );
}
