import assert from "node:assert/strict";
import fc from "fast-check";
import {
  cidrSchema,
  overlap,
  senderRangeSchema,
  subnetRangeSchema,
} from "../../../../infra/config/schema/cidr.ts";
import { assertRefused, changed, stack } from "../../stacks.ts";

interface Range {
  /** The address as a number of 32 bits. */
  readonly address: number;
  readonly prefix: number;
}

function format({ address, prefix }: Range): string {
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256);
  return `${octets.join(".")}/${String(prefix)}`;
}

/** The first and the last address of a range, by arithmetic alone. */
function bounds({ address, prefix }: Range): [number, number] {
  const size = 2 ** (32 - prefix);
  const first = Math.floor(address / size) * size;
  return [first, first + size - 1];
}

function shareAnAddress(one: Range, other: Range): boolean {
  const [[first, last], [start, end]] = [bounds(one), bounds(other)];
  return first <= end && start <= last;
}

const range = fc.record({ address: fc.nat({ max: 2 ** 32 - 1 }), prefix: fc.nat({ max: 32 }) });

/** Two ranges whose addresses differ in at most one bit, so that both results are frequent. */
const neighbours = fc
  .tuple(range, fc.nat({ max: 31 }), fc.nat({ max: 32 }))
  .map(([one, bit, prefix]): [Range, Range] => {
    const turned = Math.floor(one.address / 2 ** bit) % 2 === 0 ? 2 ** bit : -(2 ** bit);
    return [one, { address: one.address + turned, prefix }];
  });

describe("overlap", () => {
  it("agrees with arithmetic on addresses", () => {
    fc.assert(
      fc.property(fc.oneof(neighbours, fc.tuple(range, range)), ([one, other]) => {
        assert.equal(overlap(format(one), format(other)), shareAnAddress(one, other));
      }),
      { numRuns: 2000 },
    );
  });

  it("is symmetric, and true for every range and itself", () => {
    fc.assert(
      fc.property(neighbours, ([one, other]) => {
        assert.equal(overlap(format(one), format(other)), overlap(format(other), format(one)));
        assert.equal(overlap(format(one), format(one)), true);
      }),
    );
  });

  it("is false for a text that is not a range", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.ipV4()), (text) => {
        assert.equal(overlap(text, "0.0.0.0/0"), false);
        assert.equal(overlap("0.0.0.0/0", text), false);
      }),
    );
  });
});

describe("a range", () => {
  const message = "is not an IPv4 range: ADDRESS/PREFIX, for example 10.0.0.0/20";

  it("is every prefix, and the first address that it stands for", () => {
    fc.assert(
      fc.property(range, ({ address, prefix }) => {
        const [first] = bounds({ address, prefix });
        const { success, error } = cidrSchema.safeParse(format({ address, prefix }));
        assert.equal(success, address === first);
        if (success) return;
        assert.deepEqual(
          error.issues.map((issue) => issue.message),
          ["is not the network address of its range: it has bits set after the prefix"],
        );
      }),
    );
    fc.assert(
      fc.property(range, ({ address, prefix }) => {
        const [first] = bounds({ address, prefix });
        assert.equal(cidrSchema.safeParse(format({ address: first, prefix })).success, true);
      }),
    );
  });

  for (const text of [
    "",
    "10.0.0.0",
    "10.0.0.0/",
    "10.0.0.0/33",
    "10.0.0.0/020",
    "10.0.0/20",
    "256.0.0.0/8",
    "010.0.0.0/8",
    "10.0.0.0 /8",
    "fd00::/8",
    "any",
  ]) {
    it(`is not "${text}"`, () => {
      assert.deepEqual(
        cidrSchema.safeParse(text).error?.issues.map((issue) => issue.message),
        [message],
      );
    });
  }
});

describe("a subnet's range", () => {
  it("has a prefix from 8 to 29", () => {
    for (let prefix = 0; prefix <= 32; prefix++) {
      const issues = subnetRangeSchema.safeParse(`0.0.0.0/${String(prefix)}`).error?.issues;
      assert.deepEqual(
        issues?.map((issue) => issue.message),
        prefix >= 8 && prefix <= 29
          ? undefined
          : ["is not a subnet range: its prefix must be from /8 to /29"],
      );
    }
  });
});

describe("a sender's range", () => {
  it("is never wider than a /8", () => {
    for (let prefix = 0; prefix <= 32; prefix++) {
      const issues = senderRangeSchema.safeParse(`0.0.0.0/${String(prefix)}`).error?.issues;
      assert.deepEqual(
        issues?.map((issue) => issue.message),
        prefix >= 8
          ? undefined
          : [
              "allows too much of the network: MLLP has no authentication of its own, so name the senders (a /8 at most)",
            ],
      );
    }
  });
});

describe("the ranges of a stack", () => {
  const tutorial = stack("tutorial");
  const apart = "give each network a range of its own";

  it("may not overlap, whichever two of them do", () => {
    const ranges = { nodes: "10.0.0.0/8", pods: "10.1.0.0/16", services: "10.1.2.0/24" };
    assertRefused(
      changed(tutorial, { "deployerCluster.ranges": ranges, "mllpAdapter.senders": ["10.1.2.3/32"] }),
      [
        `deployerCluster.ranges.pods = "10.1.0.0/16": overlaps deployerCluster.ranges.nodes = 10.0.0.0/8: ${apart}`,
        `deployerCluster.ranges.services = "10.1.2.0/24": overlaps deployerCluster.ranges.nodes = 10.0.0.0/8: ${apart}`,
        `mllpAdapter.senders[0] = "10.1.2.3/32": overlaps deployerCluster.ranges.nodes = 10.0.0.0/8: ${apart}`,
        `deployerCluster.ranges.services = "10.1.2.0/24": overlaps deployerCluster.ranges.pods = 10.1.0.0/16: ${apart}`,
        `mllpAdapter.senders[0] = "10.1.2.3/32": overlaps deployerCluster.ranges.pods = 10.1.0.0/16: ${apart}`,
        `mllpAdapter.senders[0] = "10.1.2.3/32": overlaps deployerCluster.ranges.services = 10.1.2.0/24: ${apart}`,
      ],
    );
  });

  it("are compared with the defaults of those that are not given", () => {
    assertRefused(changed(tutorial, { "mllpAdapter.senders": ["192.168.0.0/24", "10.17.0.0/16"] }), [
      `mllpAdapter.senders[1] = "10.17.0.0/16": overlaps deployerCluster.ranges.pods = 10.16.0.0/14: ${apart}`,
    ]);
  });

  it("are compared where one of them is malformed as well", () => {
    const ranges = { nodes: "10.0.0.0", pods: "10.1.0.0/16", services: "10.1.2.0/24" };
    assertRefused(changed(tutorial, { "deployerCluster.ranges": ranges }), [
      'deployerCluster.ranges.nodes = "10.0.0.0": is not an IPv4 range: ADDRESS/PREFIX, for example 10.0.0.0/20',
      `deployerCluster.ranges.services = "10.1.2.0/24": overlaps deployerCluster.ranges.pods = 10.1.0.0/16: ${apart}`,
    ]);
  });

  it("are reported once where they are invalid", () => {
    assertRefused(
      changed(tutorial, { "mllpAdapter.senders": ["10.0.0.0"], "deployerCluster.ranges.pods": "any" }),
      [
        'deployerCluster.ranges.pods = "any": is not an IPv4 range: ADDRESS/PREFIX, for example 10.0.0.0/20',
        'mllpAdapter.senders[0] = "10.0.0.0": is not an IPv4 range: ADDRESS/PREFIX, for example 10.0.0.0/20',
      ],
    );
  });

  it("name senders that are not half the internet", () => {
    assertRefused(changed(tutorial, { "mllpAdapter.senders": ["0.0.0.0/0"] }), [
      'mllpAdapter.senders[0] = "0.0.0.0/0": allows too much of the network: MLLP has no authentication of its own, so name the senders (a /8 at most)',
    ]);
  });
});
