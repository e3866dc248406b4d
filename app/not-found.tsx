import { Button } from "@mantine/core";
import Link from "next/link";
import { EmptyState } from "@/components/ui/empty-state";

export default function NotFound() {
  return (
    <main>
      <EmptyState
        title="There is nothing at this address"
        action={
          <Button component={Link} href="/" variant="filled">
            To Home
          </Button>
        }
      >
        It may have been archived, or it is not for you to see.
      </EmptyState>
    </main>
  );
}
