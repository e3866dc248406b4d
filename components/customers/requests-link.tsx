"use client";

import { useCan } from "@/components/layout/viewer";
import { LinkButton } from "@/components/ui/link-button";

/** For who answers what people ask of their data. */
export function RequestsLink() {
  return useCan("customer.write") && <LinkButton href="/customers/requests">Requests</LinkButton>;
}
