import assert from "node:assert/strict";
import { BlockList } from "node:net";
import fc from "fast-check";
import {
  covers,
  parsePrefix,
  parsePrefixOrAddress,
} from "../../../../packages/cilium-access/identity/cidr.ts";

const ipv4 = fc.ipV4();
const ipv6 = fc.ipV6().filter((text) => !text.includes("."));

describe("A block of addresses", () => {
  it("is an address and a length, and its text has no bits behind the prefix", () => {
    assert.equal(parsePrefix("10.1.2.3/8")?.text, "10.0.0.0/8");
    assert.equal(parsePrefix("2001:db8:0:0:1::/32")?.text, "2001:db8::/32");
    assert.equal(parsePrefixOrAddress("10.1.2.3")?.text, "10.1.2.3/32");
    assert.equal(parsePrefixOrAddress("::1")?.text, "::1/128");
  });

  it("is nothing else", () => {
    for (const text of [
      "",
      "10.0.0.0",
      "10.0.0.0/33",
      "10.0.0/8",
      "10.0.0.0/08",
      "::/129",
      "fe80::1%eth0/64",
      "x/8",
      "/8",
    ]) {
      assert.equal(parsePrefix(text), undefined, text);
    }
  });

  it("covers the addresses that Node's own list of blocks says are in it", () => {
    const both = fc.oneof(
      fc.record({ family: fc.constant("ipv4" as const), base: ipv4, bits: fc.nat(32), address: ipv4 }),
      fc.record({ family: fc.constant("ipv6" as const), base: ipv6, bits: fc.nat(128), address: ipv6 }),
    );
    fc.assert(
      fc.property(both, fc.boolean(), ({ family, base, bits, address }, near) => {
        const list = new BlockList();
        list.addSubnet(base, bits, family);
        const asked = near ? base : address;
        const block = parsePrefix(`${base}/${bits}`);
        const single = parsePrefixOrAddress(asked);
        assert.ok(block && single);
        assert.equal(covers(block, single), list.check(asked, family));
      }),
    );
  });

  it("of one family covers nothing of the other", () => {
    const [four, six] = [parsePrefix("0.0.0.0/0"), parsePrefix("::/0")];
    assert.ok(four && six);
    assert.ok(!covers(four, six) && !covers(six, four));
  });

  it("reads as itself once it was written", () => {
    fc.assert(
      fc.property(fc.oneof(ipv4, ipv6), fc.nat(32), (address, bits) => {
        const text = parsePrefix(`${address}/${bits}`)?.text ?? "";
        assert.equal(parsePrefix(text)?.text, text);
      }),
    );
  });
});
