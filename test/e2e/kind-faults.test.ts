import assert from "node:assert/strict";
import type { RunningCommand } from "./engine.ts";
import { Galaxy } from "./galaxy.ts";
import { nameOf } from "./graph.ts";

const DEPLOYMENTS = "/apis/apps/v1/namespaces/galactic-fhir/deployments";
const SECRETS = "/api/v1/namespaces/kube-system/secrets";

/** What interrupts an `up` that waits for a server which cannot start: its volume is missing. */
const INTERRUPTIONS: Readonly<Record<string, (galaxy: Galaxy) => Promise<void>>> = {
  "the CLI received SIGTERM": async (galaxy) => {
    await endTheCli(galaxy, "SIGTERM");
    await galaxy.addVolume();
  },
  "the CLI and all that it started were killed": async (galaxy) => {
    await endTheCli(galaxy, "SIGKILL");
    // The killed process could not release the lock.
    await galaxy.engine.pulumi("cancel", "--yes");
    await galaxy.addVolume();
  },
  "the API server was killed and came back": async (galaxy) => {
    const up = await waitingUp(galaxy);
    await galaxy.cluster.restart("kube-apiserver");
    await galaxy.addVolume();
    await up.outcome;
  },
};

async function waitingUp({ engine, cluster }: Galaxy): Promise<RunningCommand> {
  const up = engine.begin("up", "--yes", "--skip-preview");
  const waits = async () => {
    await cluster.client.waitFor("/api/v1/namespaces/galactic-fhir", () => true, 120_000);
    await cluster.client.waitFor(`${DEPLOYMENTS}/coruscanthealth`, () => true);
    return up;
  };
  // An `up` that ends by itself makes nothing to wait for.
  const ends = up.outcome.then(({ output }): never => assert.fail(`up ended too early:\n${output}`));
  return Promise.race([waits(), ends]);
}

async function endTheCli(galaxy: Galaxy, signal: NodeJS.Signals): Promise<void> {
  const up = await waitingUp(galaxy);
  up.kill(signal);
  const { code } = await up.outcome;
  assert.notEqual(code, 0);
}

for (const [what, interrupt] of Object.entries(INTERRUPTIONS)) {
  describe(`The stack kind after an \`up\` in the middle of which ${what}`, function () {
    this.timeout(240_000);
    let galaxy: Galaxy;

    before(async function () {
      galaxy = await Galaxy.begin(this);
      await interrupt(galaxy);
    });
    after(() => (galaxy as Galaxy | undefined)?.stop());

    it("converges at the next one", async () => {
      await galaxy.up();
      assert.deepEqual(await galaxy.planned(), []);
    });

    it("has everything once", async () => {
      const names = (await galaxy.engine.resources()).map(nameOf);
      assert.deepEqual(names, [...new Set(names)]);
      const deployments = (await galaxy.cluster.client.list(DEPLOYMENTS)).map(
        ({ metadata }) => metadata.name,
      );
      assert.deepEqual(deployments.sort(), ["21-b", "coruscanthealth", "dd-13", "fx-6", "payer"]);
      const releases = await galaxy.cluster.client.list(`${SECRETS}?labelSelector=owner%3Dhelm`);
      assert.equal(releases.length, 1);
    });
  });
}
