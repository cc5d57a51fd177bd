import assert from "node:assert/strict";
import { Galaxy } from "./galaxy.ts";
import { nameOf } from "./graph.ts";

const DEPLOYMENTS = "/apis/apps/v1/namespaces/galactic-fhir/deployments";
const SECRETS = "/api/v1/namespaces/kube-system/secrets";

/** What interrupts an `up`: how the CLI is ended, or the API server is. */
const INTERRUPTIONS: Readonly<Record<string, (galaxy: Galaxy) => Promise<void>>> = {
  "the CLI was told to end (SIGTERM)": (galaxy) => endTheCli(galaxy, "SIGTERM"),
  "the CLI and all that it started were killed": (galaxy) => endTheCli(galaxy, "SIGKILL"),
  "the API server was killed": killTheServer,
};

/** An `up` that waits for a server that cannot start: its volume is missing. */
async function endTheCli(galaxy: Galaxy, signal: NodeJS.Signals): Promise<void> {
  const up = galaxy.engine.begin("up", "--yes", "--skip-preview");
  await galaxy.cluster.client.waitFor(`${DEPLOYMENTS}/coruscanthealth`, () => true, 120_000);
  up.kill(signal);
  const { code } = await up.outcome;
  assert.notEqual(code, 0);
}

async function killTheServer(galaxy: Galaxy): Promise<void> {
  const up = galaxy.engine.begin("up", "--yes", "--skip-preview");
  await galaxy.cluster.client.waitFor(`${DEPLOYMENTS}/coruscanthealth`, () => true, 120_000);
  await galaxy.cluster.crash("kube-apiserver");
  const { code } = await up.outcome;
  assert.notEqual(code, 0);
  await galaxy.cluster.restart("kube-apiserver");
}

for (const [what, interrupt] of Object.entries(INTERRUPTIONS)) {
  describe(`The stack kind after an \`up\` in the middle of which ${what}`, function () {
    this.timeout(240_000);
    let galaxy: Galaxy;

    before(async function () {
      galaxy = await Galaxy.begin(this);
      await interrupt(galaxy);
      await galaxy.addVolume();
    });
    after(() => (galaxy as Galaxy | undefined)?.stop());

    it("converges at the next one", async () => {
      await galaxy.up();
      assert.deepEqual(await galaxy.planned(), []);
    });

    it("has everything once", async () => {
      const names = (await galaxy.engine.resources()).map(nameOf);
      assert.deepEqual(names, [...new Set(names)]);
      const deployments = (await galaxy.cluster.client.list(DEPLOYMENTS)).map(({ metadata }) => metadata.name);
      assert.deepEqual(deployments.sort(), ["21-b", "coruscanthealth", "dd-13", "fx-6", "payer"]);
      const releases = await galaxy.cluster.client.list(`${SECRETS}?labelSelector=owner%3Dhelm`);
      assert.equal(releases.length, 1);
    });
  });
}
