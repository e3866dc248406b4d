"use client";

import { Table } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import type { Names } from "@/components/layout/use-names";
import { Instant, TimeAgo } from "@/components/ui/instant";
import { LagLabel } from "@/components/ui/lag-label";
import { Mono } from "@/components/ui/mono";
import { formatCount } from "@/components/ui/number-format";
import { TagList } from "@/components/ui/tag";
import type { ConsumerItem, ConsumerKeyItem } from "@/lib/feed/contract";
import styles from "./consumers.module.css";
import { KeyActions } from "./key-actions";

type KeyRowProps = {
  readonly apiKey: ConsumerKeyItem;
  readonly consumer: ConsumerItem;
  readonly names: Names;
  readonly mayWrite: boolean;
};

export function KeyRow({ apiKey, consumer, names, mayWrite }: KeyRowProps) {
  const roomy = useMediaQuery("(min-width: 100em)", false);
  const hasEnded = apiKey.revokedAt !== null;
  return (
    <Table.Tr className={hasEnded ? styles.revoked : undefined}>
      <Table.Td>
        <Mono>{apiKey.hint}…</Mono>
        <KeyTime apiKey={apiKey} keys={consumer.keys} />
      </Table.Td>
      <Table.Td>{apiKey.environment}</Table.Td>
      <Table.Td>
        <Regions apiKey={apiKey} location={consumer.location} names={names} max={roomy ? 4 : 1} />
        <div className={styles.second}>
          <TagList tags={apiKey.purposes.map((key) => names.purposes.get(key) ?? key)} max={roomy ? 4 : 1} />
        </div>
      </Table.Td>
      <Table.Td>{apiKey.rights.join(", ")}</Table.Td>
      <Table.Td>
        <Held revision={apiKey.lastPulledRevision} at={apiKey.lastPulledAt} />
      </Table.Td>
      <Table.Td>
        <Active apiKey={apiKey} />
      </Table.Td>
      <Table.Td>{apiKey.lag && <LagLabel lag={apiKey.lag} />}</Table.Td>
      <Table.Td ta="right">
        {mayWrite && !hasEnded && <KeyActions apiKey={apiKey} consumerName={consumer.name} />}
      </Table.Td>
    </Table.Tr>
  );
}

/** When it ends or ended, or in whose place it was made. */
function KeyTime({ apiKey, keys }: { readonly apiKey: ConsumerKeyItem; readonly keys: readonly ConsumerKeyItem[] }) {
  const { revokedAt, expiresAt, replaces } = apiKey;
  const replaced = keys.find(({ id }) => id === replaces);
  if (revokedAt !== null)
    return (
      <div className={styles.second}>
        {expiresAt !== null && expiresAt <= revokedAt ? "ended" : "revoked"}{" "}
        <Instant at={revokedAt} format="short-day" />
      </div>
    );
  if (expiresAt !== null)
    return (
      <div className={styles.second}>
        ends <TimeAgo at={expiresAt} />
      </div>
    );
  return replaced ? <div className={styles.second}>for {replaced.hint}…</div> : null;
}

type RegionsProps = {
  readonly apiKey: ConsumerKeyItem;
  readonly location: string | null;
  readonly names: Names;
  readonly max: number;
};

function Regions({ apiKey: { regions, regionsNotServed: notServed }, location, names, max }: RegionsProps) {
  const nameOf = (key: string) => names.regions.get(key) ?? key;
  const served = regions.filter((region) => !notServed.includes(region));
  return (
    <>
      <TagList tags={served.map(nameOf)} max={max} />
      {notServed.length > 0 && (
        <div className={styles.notServed}>
          not {notServed.map(nameOf).join(", ")}: no transfer rule to {location === null ? "" : nameOf(location)}
        </div>
      )}
    </>
  );
}

function Held({ revision, at }: { readonly revision: number | null; readonly at: string | null }) {
  if (revision === null) return <>—</>;
  return (
    <>
      <Mono>r{revision}</Mono>
      <div className={styles.second}>
        <TimeAgo at={at} />
      </div>
    </>
  );
}

/** What its readers said that they serve: the slowest of them, and whether that is what was sent. */
function Active({ apiKey: { lag, rights } }: { readonly apiKey: ConsumerKeyItem }) {
  if (!lag || !rights.includes("receipts")) return <>—</>;
  if (!lag.activated) return <span className={styles.quiet}>not said</span>;
  const { revision, at, instances } = lag.activated;
  return (
    <>
      <Mono>r{revision}</Mono>
      {instances > 1 && <span className={styles.quiet}> {formatCount(instances, "instance")}</span>}
      <div className={lag.matches === false ? styles.wrong : styles.second}>
        {lag.matches === false ? "not what was sent" : <TimeAgo at={at} />}
      </div>
    </>
  );
}
