import { Facts } from "@/components/ui/facts";
import { formatInstant } from "@/components/ui/instant-format";
import { MaskedValue } from "@/components/ui/masked-value";
import { Mono } from "@/components/ui/mono";
import { formatNumber } from "@/components/ui/number-format";
import { Section } from "@/components/ui/section";
import { type GlyphState, StateGlyph } from "@/components/ui/state-glyph";
import type { CustomerLookup } from "@/lib/customers/contract";
import styles from "./customers.module.css";

type Customer = CustomerLookup["customer"];
type Consent = Customer["consents"][number];

export function CustomerProfile({ customer }: { readonly customer: Customer }) {
  return (
    <>
      <Section title="Customer">
        <Facts
          labelWidth={104}
          facts={[
            { key: "id", label: "Id", value: <Mono>{customer.id}</Mono> },
            { key: "region", label: "Lives in", value: customer.region?.name ?? "unknown: a member nowhere" },
            ...customer.attributes.map((attribute) => ({
              key: `attribute ${attribute.key}`,
              label: attribute.name,
              value: attribute.masked ? <MaskedValue /> : <AttributeText attribute={attribute} />,
            })),
          ]}
        />
      </Section>
      <Section title="Consent">
        {customer.consents.map((consent) => (
          <div key={consent.purpose} className={styles.consent}>
            <StateGlyph state={consentGlyph[consent.state]} label="" />
            <span>{consent.name}</span>
            <span className={styles.end}>{consentWords[consent.state]}</span>
          </div>
        ))}
      </Section>
    </>
  );
}

const consentGlyph = { granted: "passed", objected: "attention", none: "never" } as const satisfies Record<
  Consent["state"],
  GlyphState
>;
const consentWords = { granted: "granted", objected: "objected", none: "not granted" } as const satisfies Record<
  Consent["state"],
  string
>;

function AttributeText({ attribute }: { readonly attribute: Customer["attributes"][number] }) {
  const { value, unit, type } = attribute;
  if (value === null) return <span className={styles.because}>missing</span>;
  const text =
    typeof value === "number"
      ? type === "timestamp"
        ? formatInstant(value)
        : formatNumber(value, { digits: Number.isInteger(value) ? 0 : 2 })
      : typeof value === "boolean"
        ? value
          ? "yes"
          : "no"
        : Array.isArray(value)
          ? value.join(", ") || "none"
          : value;
  return (
    <>
      {text}
      {unit && <span className={styles.because}> {unit}</span>}
    </>
  );
}
