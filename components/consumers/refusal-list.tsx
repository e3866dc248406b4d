import { FindingIcon } from "@/components/ui/finding-list";
import { TimeAgo } from "@/components/ui/instant";
import { Mono } from "@/components/ui/mono";
import type { ConsumerItem } from "@/lib/feed/contract";
import styles from "./consumers.module.css";

/** What a consumer does not take, in its own words. */
export function RefusalList({ keys }: Pick<ConsumerItem, "keys">) {
  const refusals = keys.flatMap(({ id, environment, lag }) => (lag?.refusal ? [{ id, environment, ...lag }] : []));
  if (refusals.length === 0) return null;
  return (
    <ul className={styles.refusals}>
      {refusals.map(({ id, environment, refusal, activated }) => (
        <li key={id}>
          <FindingIcon severity="blocking" />
          <span>
            Refused <Mono>r{refusal?.revision}</Mono> in {environment} <TimeAgo at={refusal?.at} />
            {refusal?.instance && ` on ${refusal.instance}`}: “{refusal?.reason}”
            {activated && (
              <>
                {" "}
                It goes on with <Mono>r{activated.revision}</Mono>.
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
