import { isPublicAddress } from "./public-address";

const ports = ["", "8443"];

/**
 * Why no webhook goes to an address, or null. What a name leads to is asked anew at each delivery, and not here.
 * `mayBePrivate` lets in http, all ports and every network.
 */
export function refusedWebhookUrl(text: string, mayBePrivate: boolean): string | null {
  if (!URL.canParse(text)) return "It is not an address. Give one as https://example.com/hooks.";
  const url = new URL(text);
  if (url.username || url.password) return "It holds a name or a password. Deliveries are signed instead.";
  if (url.hash) return "It has a part after #, which is never sent.";
  if (mayBePrivate) return ["http:", "https:"].includes(url.protocol) ? null : "It begins neither http: nor https:.";
  if (url.protocol !== "https:") return "It does not begin https:.";
  if (!ports.includes(url.port)) return "Its port is neither 443 nor 8443.";
  const literal = addressIn(url);
  return literal !== null && !isPublicAddress(literal) ? "Its address is not one of the public internet." : null;
}

/** The address that stands in a URL in place of a name, as "10.0.0.1" or "::1"; a URL has it in one form only. */
export function addressIn({ hostname }: URL): string | null {
  if (hostname.startsWith("[")) return hostname.slice(1, -1);
  return /^\d+\.\d+\.\d+\.\d+$/.test(hostname) ? hostname : null;
}
