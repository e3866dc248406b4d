import { peopleWithRole } from "../../../access/server/people-with-role";
import type { AuditContext } from "../../../audit/server/record";
import { notify } from "../../../notices/server/notify";
import { tellWebhooks } from "../../../notices/server/tell-webhooks";
import type { Transaction } from "../../../server/database";
import type { Consumer } from "../../../server/prisma/client";

type ConsumerEvent = "consumer.behind" | "consumer.refused" | "consumer.recovered";

type Told = {
  readonly event: ConsumerEvent;
  readonly consumer: Consumer;
  readonly environment: string;
  readonly revision: number;
};

/** What a consumer gave as its reason is its own words: it stands under Consumers, and goes nowhere else. */
const words: Record<ConsumerEvent, (told: { name: string; revision: number }) => { title: string; body: string }> = {
  "consumer.behind": ({ name, revision }) => ({
    title: `${name} is behind`,
    body: `It has not taken revision ${revision} in the time that it may.`,
  }),
  "consumer.refused": ({ name, revision }) => ({
    title: `${name} refused revision ${revision}`,
    body: "It keeps what it had. Its reason stands under Consumers.",
  }),
  "consumer.recovered": ({ name }) => ({
    title: `${name} is up to date again`,
    body: "It has what is released.",
  }),
};

/** Tells the people of its team and the operators, and endpoints. */
export async function tellOfConsumer(tx: Transaction, ctx: AuditContext, told: Told): Promise<void> {
  const { event, consumer, environment, revision } = told;
  const [{ name: place }, operators, team] = await Promise.all([
    tx.environment.findUniqueOrThrow({ where: { key: environment } }),
    peopleWithRole(tx, ["operator"]),
    consumer.teamKey === null ? [] : tx.person.findMany({ where: { teamKey: consumer.teamKey }, select: { id: true } }),
  ]);
  const { title, body } = words[event]({ name: consumer.name, revision });
  await notify(tx, ctx, {
    to: [...new Set([...operators, ...team.map(({ id }) => id)])],
    ...{ kind: event, title: `${title} in ${place}`, body, href: `/consumers#${consumer.key}` },
  });
  await tellWebhooks(tx, ctx, { event, data: { consumer: consumer.key, environment, revision } });
}
