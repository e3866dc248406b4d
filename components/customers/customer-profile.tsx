import { Facts } from "@/components/ui/facts";
import { Instant } from "@/components/ui/instant";
import { Mono } from "@/components/ui/mono";
import { formatNumber } from "@/components/ui/number-format";
import { Section } from "@/components/ui/section";
import type { CustomerLookup } from "@/lib/customers/contract";
import { CustomerConsents } from "./customer-consents";
import styles from "./customers.module.css";

type Customer = CustomerLookup["customer"];

export function CustomerProfile({ customer }: { readonly customer: Customer }) {
  const { attributes } = customer;
  const masked = attributes.filter((attribute) => attribute.masked);
  const missing = attributes.filter((attribute) => !attribute.masked && attribute.value === null);
  const known = attributes.filter((attribute) => !attribute.masked && attribute.value !== null).sort(byName);
  const personal = known.filter(({ labels }) => labels.includes("personal"));
  const plain = known.filter(({ labels }) => !labels.includes("personal"));
  return (
    <>
      <Section title="Customer">
        <Facts
          labelWidth={104}
          facts={[
            { key: "id", label: "Id", value: <Mono>{customer.id}</Mono> },
            { key: "region", label: "Lives in", value: customer.region?.name ?? "unknown: a member nowhere" },
            ...[...personal, ...plain].map((attribute) => ({
              key: `attribute ${attribute.key}`,
              label: attribute.name,
              value: <AttributeText attribute={attribute} />,
            })),
          ]}
        />
      </Section>
      <CustomerConsents consents={customer.consents} />
      <Names title="Masked" attributes={masked} />
      <Names title="Not known" attributes={missing} />
    </>
  );
}

/** Attributes of which there is nothing to show but that they exist. */
function Names({ title, attributes }: { readonly title: string; readonly attributes: Customer["attributes"] }) {
  if (attributes.length === 0) return null;
  return (
    <Section title={title} count={attributes.length}>
      <p className={styles.names}>
        {[...attributes]
          .sort(byName)
          .map(({ name }) => name)
          .join(", ")}
      </p>
    </Section>
  );
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}

function AttributeText({ attribute }: { readonly attribute: Customer["attributes"][number] }) {
  const { value, unit, type } = attribute;
  if (type === "timestamp" && typeof value === "number") return <Instant at={value} />;
  const text =
    typeof value === "number"
      ? formatNumber(value, { digits: Number.isInteger(value) ? 0 : 2 })
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
