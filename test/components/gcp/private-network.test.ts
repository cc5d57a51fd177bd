import assert from "node:assert/strict";
import { PrivateNetwork, type PrivateNetworkArgs } from "../../../components/gcp/private-network.ts";
import { declared, known, type Options, Probe, waitingFor } from "../mocks.ts";

const network =
  (args: Partial<PrivateNetworkArgs> = {}) =>
  (opts: Options) =>
    new PrivateNetwork(
      "net",
      {
        project: "deployer-project",
        region: "us-central1",
        ranges: { nodes: "10.10.0.0/20", pods: "10.16.0.0/14", services: "10.20.0.0/20" },
        natEgress: false,
        ...args,
      },
      opts,
    );

const place = { project: "deployer-project", region: "us-central1" };

/** The declared resources, without those of the private addresses of Google's APIs, which have their own tests. */
async function inputsOf(args?: Partial<PrivateNetworkArgs>) {
  const { inputs } = await declared(network(args));
  return Object.fromEntries(Object.entries(inputs).filter(([key]) => !key.startsWith("gcp:dns/")));
}

const WITHOUT_NAT = {
  "gcp:compute/network:Network net-network": {
    project: "deployer-project",
    name: "net",
    autoCreateSubnetworks: false,
    routingMode: "REGIONAL",
  },
  "gcp:compute/subnetwork:Subnetwork net-subnet": {
    ...place,
    name: "net",
    network: "id-of-net-network",
    ipCidrRange: "10.10.0.0/20",
    secondaryIpRanges: [
      { rangeName: "pods", ipCidrRange: "10.16.0.0/14" },
      { rangeName: "services", ipCidrRange: "10.20.0.0/20" },
    ],
    privateIpGoogleAccess: true,
    logConfig: {
      aggregationInterval: "INTERVAL_5_SEC",
      flowSampling: 0.5,
      metadata: "INCLUDE_ALL_METADATA",
    },
  },
};

describe("PrivateNetwork", () => {
  it("has one subnet with flow logs and Private Google Access, and no way to the internet", async () => {
    assert.deepEqual(await inputsOf(), WITHOUT_NAT);
  });

  it("opens the internet through Cloud NAT, logged, only where the stack asks for it", async () => {
    assert.deepEqual(await inputsOf({ natEgress: true }), {
      ...WITHOUT_NAT,
      "gcp:compute/router:Router net-router": { ...place, name: "net", network: "id-of-net-network" },
      "gcp:compute/routerNat:RouterNat net-nat": {
        ...place,
        name: "net",
        router: "net",
        natIpAllocateOption: "AUTO_ONLY",
        sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
        subnetworks: [{ name: "id-of-net-subnet", sourceIpRangesToNats: ["ALL_IP_RANGES"] }],
        logConfig: { enable: true, filter: "ALL" },
      },
    });
  });

  it("hands on network and subnet", async () => {
    const { result } = await declared(network());
    assert.equal(await known(result.network), "id-of-net-network");
    assert.equal(await known(result.subnetwork), "id-of-net-subnet");
  });

  it("outputs its subnet only once Google's APIs, and the internet with Cloud NAT, can be reached", async () => {
    const program = (opts: Options) =>
      new Probe("cluster", network({ natEgress: true })(opts).subnetwork, opts);
    assert.deepEqual(await waitingFor("gcp:dns/recordSet:RecordSet", program), ["cluster"]);
    assert.deepEqual(await waitingFor("gcp:compute/routerNat:RouterNat", program), ["cluster"]);
  });
});
