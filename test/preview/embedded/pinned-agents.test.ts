import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { configurationOf } from "../../../packages/policy-config/configuration.ts";
import { readSettings } from "../../../packages/policy-config/settings.ts";
import { guardrails } from "../../../policy-pack/list.ts";
import { trust } from "../../../policy-pack/policies/trust/pinned-trust.ts";
import { observeStack } from "../../../preview/commands/preview.ts";
import { validateStack } from "../../../preview/validate-stack.ts";
import { serviceAgent } from "../../google/index.ts";
import { configured } from "../../policy-pack/judge.ts";
import { resource } from "../../policy-pack/resources.ts";
import { inTemporaryDirectory, loggedOut, repository } from "../support.ts";

const IDENTITY = "gcp:projects/serviceIdentity:ServiceIdentity";
const ACCOUNT = "gcp:serviceaccount/account:Account";
/** The number of a project whose number the configuration does not pin. */
const SOME_NUMBER = "123456789012";

/** What the pack is configured with for a stack of this repository. */
function configurationFor(stack: string) {
  const read = readSettings(
    JSON.parse(readFileSync(join(repository, `stacks/policy.${stack}.json`), "utf8")),
  );
  assert.ok("settings" in read);
  return configurationOf(guardrails, read.settings, new Date());
}

describe("The identities that are pinned for a stack of this repository", function () {
  this.timeout(60_000);

  for (const stack of ["prod", "prod-signing", "tutorial"]) {
    it(`hold for ${stack} the service agents and accounts that only an update knows the addresses of`, async () => {
      const { seen } = await inTemporaryDirectory((home) =>
        observeStack({
          root: repository,
          stack,
          env: loggedOut(home),
          pulumiHome: home,
          signal: new AbortController().signal,
          validate: validateStack,
        }),
      );
      const configuration = configurationFor(stack);
      const numbers = new Map(configuration.trust.projects?.map(({ id, number }) => [id, number]));
      const members = seen.resources.flatMap(({ type, inputs: { project, service, accountId } }) => {
        if (type === IDENTITY)
          return [serviceAgent(String(service), numbers.get(String(project)) ?? SOME_NUMBER)];
        return type === ACCOUNT ? [`${String(accountId)}@${String(project)}.iam.gserviceaccount.com`] : [];
      });
      assert.ok(members.length > 0);
      for (const one of members) {
        const member = `serviceAccount:${one}`;
        const grant = resource("gcp:projects/iAMMember:IAMMember", { role: "roles/some.role", member });
        assert.deepEqual(configured(configuration, trust, grant), []);
      }
    });
  }
});
