"use client";

import { useCan } from "@/components/layout/viewer";
import { Num } from "@/components/ui/num";
import { formatNumber } from "@/components/ui/number-format";
import { minimumCell } from "@/lib/catalogue/small-cells";

/** How many customers, as the server tells it: who may not look customers up is told no exact number. */
export function CustomerCount({ value }: { readonly value: number }) {
  const isExact = useCan("customer.read");
  if (isExact) return <Num value={value} />;
  return value === 0 ? `under ${minimumCell}` : `${formatNumber(value)} or more`;
}
