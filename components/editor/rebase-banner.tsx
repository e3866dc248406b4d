import { Alert, Button, Group } from "@mantine/core";
import type { Version } from "@/lib/versions/contract";
import { refusalOfBase } from "@/lib/versions/possible";

type RebaseBannerProps = {
  readonly version: Version;
  readonly live: Version | null;
  /** Absent for who may not write. */
  readonly onRebase: (() => void) | undefined;
};

/** That the draft does not stand on what is live, and the way on; nothing where it does. */
export function RebaseBanner({ version, live, onRebase }: RebaseBannerProps) {
  if (!live || !refusalOfBase({ id: version.id, baseVersionId: version.base?.id ?? null }, live)) return null;
  return (
    <Alert color="amber" mb="lg">
      <Group justify="space-between" gap="sm">
        <span>
          Version {live.number} went live since this draft was opened{version.base && ` from v${version.base.number}`}.
          It is submitted once it stands on that.
        </span>
        {onRebase && (
          <Button size="xs" onClick={onRebase}>
            Rebase…
          </Button>
        )}
      </Group>
    </Alert>
  );
}
