import { Button, Group, Stack } from "@mantine/core";
import { CopyButton } from "@/components/ui/copy-button";
import type { ConsumerKeyItem } from "@/lib/feed/contract";
import styles from "./consumers.module.css";
import { KeySnippets } from "./key-snippets";

type SecretShownProps = {
  readonly made: { readonly key: ConsumerKeyItem; readonly secret: string };
  readonly onClose: () => void;
};

/** The one time that a key is shown, with what may be pasted to use it. */
export function SecretShown({ made: { key, secret }, onClose }: SecretShownProps) {
  return (
    <Stack gap="md">
      <div>Copy it now: it is shown this once, and only its hash is kept.</div>
      <code className={styles.secret} data-testid="secret">
        {secret}
      </code>
      <KeySnippets apiKey={key} />
      <Group justify="flex-end" gap="sm">
        <CopyButton value={secret} label="Copy the key" withText />
        <Button variant="filled" onClick={onClose}>
          Done
        </Button>
      </Group>
    </Stack>
  );
}
