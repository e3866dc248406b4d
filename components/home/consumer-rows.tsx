import { FindingIcon } from "@/components/ui/finding-list";
import { TimeAgo } from "@/components/ui/instant";
import { formatDuration } from "@/components/ui/instant-format";
import { formatCount } from "@/components/ui/number-format";
import type { ConsumerInTrouble } from "./consumers-in-trouble";
import type { WaitingRow } from "./waiting-group";

export function consumerRow({ consumer, environment, lag }: ConsumerInTrouble): WaitingRow {
  const refused = lag.state === "refused";
  const target = formatDuration(lag.targetSeconds * 1_000);
  return {
    key: `${consumer.key} ${environment}`,
    mark: <FindingIcon severity={refused ? "blocking" : "warning"} />,
    name: consumer.name,
    about: environment,
    text: refused
      ? `Refused r${lag.refusal?.revision}: ${lag.refusal?.reason}`
      : `Lacks ${formatCount(lag.behind?.releases ?? 0, "release")}; a release may take ${target}`,
    age: <TimeAgo at={refused ? lag.refusal?.at : lag.behind?.since} bare />,
    href: `/consumers#${consumer.key}`,
    action: "Open",
  };
}
