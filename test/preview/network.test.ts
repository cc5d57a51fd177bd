import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { skipWithout } from "../toolchain/skip.ts";
import { toolchainOrSkip } from "../toolchain.ts";
import { command, inTemporaryDirectory, loggedOut, repository, write } from "./support.ts";

/**
 * Makes the network of a new namespace one that swallows packets: everything beyond loopback is routed to an interface
 * whose other end throws it away, and so are questions to the name server. Then runs a command in it, and prints how many
 * packets went that way.
 */
const SWALLOWING = `
set -e
echo "nameserver 192.0.2.53" > "$1"
mount --bind "$1" /etc/resolv.conf
ip link set lo up
ip link add sink type veth peer name drain
ip link set sink addrgenmode none
ip link set drain addrgenmode none
ip addr add 192.0.2.1/24 dev sink
ip link set drain up
ip link set sink up
for neighbour in 2 53; do ip neigh add 192.0.2.$neighbour lladdr 02:00:00:00:00:01 dev sink nud permanent; done
ip route add default via 192.0.2.2 dev sink
shift
"$@" >&2 || echo "exit code $?" >&2
awk '$1 == "sink:" { print $11 }' /proc/net/dev
`;

/** Packets that a command sent beyond loopback, what it said, and the seconds that it took. */
interface Sent {
  readonly packets: number;
  readonly said: string;
  readonly seconds: number;
}

describe("The network that a preview without a state uses", function () {
  this.timeout(120_000);

  before(async function () {
    await toolchainOrSkip(this);
    const able = spawnSync("unshare", [
      "-rnm",
      "ip",
      "link",
      "add",
      "sink",
      "type",
      "veth",
      "peer",
      "name",
      "drain",
    ]);
    if (able.status !== 0) skipWithout(this, "unshare", "and the right to make network namespaces");
  });

  function sentBy(...args: string[]): Promise<Sent> {
    return inTemporaryDirectory(async (dir) => {
      const script = join(dir, "swallowing.sh");
      await write(script, SWALLOWING);
      const start = performance.now();
      const { stdout, stderr } = spawnSync(
        "unshare",
        ["-rnm", "sh", script, join(dir, "resolv.conf"), process.execPath, ...args],
        { env: loggedOut(join(dir, "home")), encoding: "utf8" },
      );
      assert.match(stdout, /^\d+\n$/, stderr);
      return { packets: Number(stdout), said: stderr, seconds: (performance.now() - start) / 1000 };
    });
  }

  it("would be noticed: a single datagram counts", async () => {
    const send = `require("dgram").createSocket("udp4").send("?", 53, "8.8.8.8", () => process.exit())`;
    assert.equal((await sentBy("-e", send)).packets, 1);
  });

  it("is loopback alone, for a resource of each cloud", async function () {
    await toolchainOrSkip(this, { plugins: ["pulumi-resource-gcp"] });
    const { packets, said, seconds } = await sentBy(command, "clouds", "--stack", "dev");
    assert.match(
      said,
      /^Project kms-project: 1 to create\n {2}\+ ring .*\n\nKubernetes cluster: 1 to create\n {2}\+ settings /m,
    );
    assert.doesNotMatch(said, /exit code/);
    assert.equal(packets, 0);
    assert.ok(seconds < 60, `${seconds} s`);
  });

  it("is loopback alone, for the tutorial with its policy pack", async function () {
    await toolchainOrSkip(this, { plugins: ["pulumi-resource-gcp"] });
    const { packets, said, seconds } = await sentBy(
      join(repository, "preview", "index.ts"),
      "--stack",
      "tutorial",
    );
    assert.match(said, /^Violations: 0 mandatory/m);
    assert.equal(packets, 0);
    assert.ok(seconds < 60, `${seconds} s`);
  });
});
