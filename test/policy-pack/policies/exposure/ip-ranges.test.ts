import assert from "node:assert/strict";
import fc from "fast-check";
import { unspecific, within } from "../../../../policy-pack/policies/exposure/ip-ranges.ts";

/** An IPv4 range as a number and a prefix length, compared by arithmetic. */
const range = fc.record({ address: fc.nat(0xffffffff), prefix: fc.nat(32) }).map(({ address, prefix }) => ({
  text: `${[24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join(".")}/${prefix}`,
  first: (BigInt(address) >> BigInt(32 - prefix)) << BigInt(32 - prefix),
  size: 1n << BigInt(32 - prefix),
}));

describe("CIDR ranges", () => {
  it("are within another range if and only if each of their addresses is", () => {
    fc.assert(
      fc.property(range, range, (inner, outer) => {
        const inside = inner.first >= outer.first && inner.first + inner.size <= outer.first + outer.size;
        assert.equal(within(inner.text, outer.text), inside);
      }),
    );
  });

  it("are within themselves and within the widest range of their family", () => {
    fc.assert(
      fc.property(
        range,
        ({ text }) => within(text, text) && within(text, "0.0.0.0/0") && !within(text, "::/0"),
      ),
    );
    assert.ok(within("fd00:1::/32", "fc00::/7"));
    assert.ok(!within("2001:db8::/32", "fc00::/7"));
  });

  it("are within no range where they are not valid", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.constantFrom("10.0.0.0", "10.0.0.0/33", "10.0.0/8", "/8", "10.0.0.0/8/8")),
        (text) => !within(text, "0.0.0.0/0"),
      ),
    );
  });

  it("are specific up to the size of the widest private network", () => {
    for (const text of ["10.0.0.0/8", "192.0.2.7/32", "fc00::/7", "2001:db8::/48"])
      assert.equal(unspecific(text), undefined);
    for (const text of ["0.0.0.0/0", "0.0.0.0/1", "8.0.0.0/7"]) {
      assert.equal(unspecific(text), "is wider than any private network (/8)");
    }
    assert.equal(unspecific("::/0"), "is wider than any private network (/7)");
    assert.equal(unspecific("everybody"), "is not a range in CIDR notation");
  });
});
