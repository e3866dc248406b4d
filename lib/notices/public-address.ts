import ipaddr from "ipaddr.js";

const globalUnicast = ipaddr.parseCIDR("2000::/3");

/**
 * Whether an address, "192.0.2.1" or "2001:db8::1", is one of the public internet. Not: private, shared (CGNAT),
 * loopback, link-local, multicast, unspecified and reserved ranges, nor any address that carries an IPv4 one in it,
 * which a translator on the way would unpack.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== "unicast") return false;
  return address.kind() === "ipv4" || (!text.includes("%") && address.match(globalUnicast));
}
