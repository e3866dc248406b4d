"use client";

import { Alert, Button, Group } from "@mantine/core";
import Link from "next/link";
import type { Version } from "@/lib/versions/contract";

type LockBannerProps = {
  readonly version: Version;
  readonly locked: boolean;
  readonly onUnlock: (() => void) | undefined;
};

/** Why a version stands still, and what editing it would do. */
export function LockBanner({ version, locked, onUnlock }: LockBannerProps) {
  const review = (
    <Button component={Link} href={`/reviews/${version.id}`} size="xs">
      Open the review
    </Button>
  );
  if (version.state === "changes_requested")
    return (
      <Alert color="amber" mb="lg">
        <Group justify="space-between" gap="sm">
          <span>
            A reviewer asked for changes to v{version.number}. The first edit starts the next round of review.
          </span>
          {review}
        </Group>
      </Alert>
    );
  if (!locked) return null;
  const where = version.state === "approved" ? "is approved" : "is under review";
  return (
    <Alert color="accent" mb="lg">
      <Group justify="space-between" gap="sm">
        <span>
          Version {version.number} {where}. An edit takes it back to draft, and approvals of it no longer count.
        </span>
        <Group gap="sm">
          {review}
          {onUnlock && (
            <Button size="xs" onClick={onUnlock}>
              Edit all the same
            </Button>
          )}
        </Group>
      </Group>
    </Alert>
  );
}
