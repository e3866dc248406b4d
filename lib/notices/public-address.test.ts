import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isPublicAddress } from "./public-address";

describe("addresses of the public internet", () => {
  test.each(["8.8.8.8", "93.184.215.14", "1.1.1.1", "2606:4700:4700::1111", "2a00:1450:4001::200e"])(
    "%s is one",
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  test.each([
    ["this network", "0.0.0.0"],
    ["this network", "0.1.2.3"],
    ["private", "10.0.0.1"],
    ["private", "172.16.0.1"],
    ["private", "172.31.255.255"],
    ["private", "192.168.1.1"],
    ["shared (CGNAT)", "100.64.0.1"],
    ["loopback", "127.0.0.1"],
    ["loopback", "127.255.255.254"],
    ["link-local, with the cloud's metadata", "169.254.169.254"],
    ["for documentation", "192.0.2.1"],
    ["for benchmarks", "198.18.0.1"],
    ["multicast", "224.0.0.1"],
    ["reserved", "240.0.0.1"],
    ["broadcast", "255.255.255.255"],
    ["unspecified", "::"],
    ["loopback", "::1"],
    ["link-local", "fe80::1"],
    ["link-local with a zone", "fe80::1%eth0"],
    ["a zone where none belongs", "2606:4700::1%lo"],
    ["unique local", "fd00::1"],
    ["site-local", "fec0::1"],
    ["multicast", "ff02::1"],
    ["for documentation", "2001:db8::1"],
    ["IPv4-mapped", "::ffff:10.0.0.1"],
    ["IPv4-mapped, in hexadecimal", "::ffff:7f00:1"],
    ["IPv4-compatible", "::7f00:1"],
    ["IPv4-translated", "::ffff:0:7f00:1"],
    ["NAT64", "64:ff9b::7f00:1"],
    ["NAT64 of a network of its own", "64:ff9b:1::7f00:1"],
    ["6to4", "2002:7f00:1::"],
    ["Teredo", "2001:0:7f00:1::"],
    ["no address", "localhost"],
    ["no address", ""],
  ])("%s, %s, is not", (_, address) => expect(isPublicAddress(address)).toBe(false));

  test("whatever IPv4 address stands inside, no IPv6 form that carries one is public", () => {
    const forms = ["::ffff:", "::", "::ffff:0:", "64:ff9b::"];
    fc.assert(
      fc.property(fc.ipV4(), fc.constantFrom(...forms), (address, form) => {
        expect(isPublicAddress(form + address)).toBe(false);
      }),
    );
  });
});
