import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";

/** Says the same of what is not there and of what is not for the reader to see. */
export function Missing() {
  return (
    <EmptyState
      wholePage
      title="There is nothing at this address"
      action={
        <LinkButton href="/" variant="filled">
          To Home
        </LinkButton>
      }
    >
      It may have been archived, or it is not for you to see.
    </EmptyState>
  );
}
