import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";

export default function NotFound() {
  return (
    <main>
      <EmptyState
        title="There is nothing at this address"
        action={
          <LinkButton href="/" variant="filled">
            To Home
          </LinkButton>
        }
      >
        It may have been archived, or it is not for you to see.
      </EmptyState>
    </main>
  );
}
