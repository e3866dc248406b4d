import { FindingIcon } from "@/components/ui/finding-list";
import { TimeAgo } from "@/components/ui/instant";
import { formatDuration } from "@/components/ui/instant-format";
import { lagWords } from "@/components/ui/lag-label";
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
    text: refused ? `${lagWords(lag)}: ${lag.refusal?.reason}` : `${lagWords(lag)}; a release may take ${target}`,
    age: <TimeAgo at={refused ? lag.refusal?.at : lag.behind?.since} bare />,
    href: `/consumers#${consumer.key}`,
    action: "Open",
  };
}
