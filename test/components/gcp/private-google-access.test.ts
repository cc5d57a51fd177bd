import assert from "node:assert/strict";
import { PrivateGoogleAccess, PRIVATE_RANGE } from "../../../components/gcp/private-google-access.ts";
import { overlap } from "../../../infra/config/schema/cidr.ts";
import { declared, known, type Options, Probe, waitingFor } from "../mocks.ts";

const access = (opts: Options) =>
  new PrivateGoogleAccess("google", { project: "deployer-project", network: "network-id" }, opts);

/** The addresses of private.googleapis.com, as Google documents them. */
const ADDRESSES = ["199.36.153.8", "199.36.153.9", "199.36.153.10", "199.36.153.11"];

describe("PrivateGoogleAccess", () => {
  for (const [short, domain] of [
    ["apis", "googleapis.com."],
    ["container-registry", "gcr.io."],
    ["artifact-registry", "pkg.dev."],
  ] as const) {
    it(`lets ${domain} and every name below it resolve to private addresses, within the network only`, async () => {
      const { resource } = await declared(access);
      const zone = `google-${short}`;
      assert.deepEqual(resource(zone).inputs, {
        project: "deployer-project",
        name: zone,
        dnsName: domain,
        description: `Private addresses of ${domain}`,
        visibility: "private",
        privateVisibilityConfig: { networks: [{ networkUrl: "network-id" }] },
      });
      const common = { project: "deployer-project", managedZone: zone, ttl: 300 };
      assert.deepEqual(resource(`${zone}-a`).inputs, {
        ...common,
        name: domain,
        type: "A",
        rrdatas: ADDRESSES,
      });
      assert.deepEqual(resource(`${zone}-any`).inputs, {
        ...common,
        name: `*.${domain}`,
        type: "CNAME",
        rrdatas: [domain],
      });
    });
  }

  it("declares nothing else", async () => {
    const { inputs } = await declared(access);
    const types = Object.keys(inputs).map((key) => key.split(" ")[0]);
    assert.equal(types.filter((type) => type === "gcp:dns/managedZone:ManagedZone").length, 3);
    assert.equal(types.filter((type) => type === "gcp:dns/recordSet:RecordSet").length, 6);
    assert.equal(types.length, 9);
  });

  it("hands on the domains once they resolve", async () => {
    const { result } = await declared(access);
    assert.deepEqual(await known(result.domains), ["googleapis.com.", "gcr.io.", "pkg.dev."]);
    const program = (opts: Options) => new Probe("subnet", access(opts).domains, opts);
    assert.deepEqual(await waitingFor("gcp:dns/recordSet:RecordSet", program), ["subnet"]);
  });

  it("has its addresses, and no other, in the range that network policies open", () => {
    for (const address of ADDRESSES) assert.equal(overlap(PRIVATE_RANGE, `${address}/32`), true);
    assert.equal(PRIVATE_RANGE.split("/")[1], "30");
  });
});
