import { TimeAgo } from "@/components/ui/instant";
import { NameCell } from "@/components/ui/name-cell";
import { Num } from "@/components/ui/num";
import { formatNumber, formatShareOf } from "@/components/ui/number-format";
import type { ServerColumn } from "@/components/ui/server-table";
import { StateLabel } from "@/components/ui/state-glyph";
import { TagList } from "@/components/ui/tag";
import { typeWords } from "@/lib/catalogue/type-words";
import type { ArrivalsItem, AttributeQuality } from "@/lib/ingest/contract";
import styles from "./settings.module.css";

export const arrivalColumns: readonly ServerColumn<ArrivalsItem>[] = [
  { key: "source", title: "From", render: (item) => <NameCell name={item.name} sub={item.target} /> },
  { key: "accepted", title: "Accepted", width: 110, align: "right", render: (item) => <Num value={item.accepted} /> },
  {
    key: "repeated",
    title: "Repeated",
    width: 110,
    align: "right",
    render: (item) => share(item.repeated, item.accepted),
  },
  { key: "late", title: "Late", width: 110, align: "right", render: (item) => share(item.late, item.accepted) },
  {
    key: "rejected",
    title: "Rejected",
    width: 110,
    align: "right",
    render: (item) => share(item.rejected, item.accepted + item.rejected),
  },
  {
    key: "codes",
    title: "Because of",
    width: 320,
    render: ({ codes }) =>
      codes.length === 0 ? (
        <span className={styles.dim}>—</span>
      ) : (
        <TagList tags={codes.map(({ code, count }) => `${code} ${formatNumber(count)}`)} max={3} />
      ),
  },
];

export const qualityColumns: readonly ServerColumn<AttributeQuality>[] = [
  { key: "name", title: "Attribute", render: (item) => <NameCell name={item.name} sub={item.key} /> },
  { key: "type", title: "Type", width: 110, render: (item) => typeWords[item.type] },
  {
    key: "missing",
    title: "Missing",
    width: 110,
    align: "right",
    render: (item) =>
      item.customers === null || item.missing === null ? "—" : share(item.missing, item.customers + item.missing),
  },
  { key: "segments", title: "Segments", width: 90, align: "right", render: (item) => <Num value={item.segments} /> },
  {
    key: "arrivedAt",
    title: "Last value",
    width: 140,
    align: "right",
    render: (item) =>
      item.source === "computed" ? (
        <span className={styles.dim}>from events</span>
      ) : (
        <TimeAgo at={item.arrivedAt} none="never" />
      ),
  },
  {
    key: "silent",
    title: "Expected",
    width: 170,
    render: ({ arrivesEveryHours, silent }) =>
      arrivesEveryHours === null ? (
        <span className={styles.dim}>—</span>
      ) : (
        <StateLabel state={silent ? "attention" : "passed"}>
          {silent ? `silent, every ${arrivesEveryHours} h` : `every ${arrivesEveryHours} h`}
        </StateLabel>
      ),
  },
];

function share(part: number, whole: number) {
  if (part === 0) return <span className={styles.dim}>0</span>;
  return <span title={formatNumber(part)}>{formatShareOf(part, whole)}</span>;
}
