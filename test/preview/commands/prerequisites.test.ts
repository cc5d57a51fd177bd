import assert from "node:assert/strict";
import { join } from "node:path";
import { missingPrerequisites } from "../../../preview/commands/prerequisites.ts";
import type { Environment } from "../../../preview/toolchain/find-toolchain.ts";
import { inTemporaryDirectory, write } from "../support.ts";

/** How many prerequisites are missing. */
function missing(
  needs: { google?: boolean; passphrase?: boolean },
  env: Environment,
  home = "/nowhere",
): number {
  return missingPrerequisites({ google: false, passphrase: false, ...needs }, env, home).length;
}

describe("The prerequisites of a comparison with a state", () => {
  it("are none where the stack needs nothing", () => {
    assert.equal(missing({}, {}), 0);
  });

  it("are a passphrase, which may be empty, where the stack's secrets are encrypted with one", () => {
    const passphrase = true;
    assert.match(
      missingPrerequisites({ google: false, passphrase }, {}, "/nowhere")[0] ?? "",
      /PULUMI_CONFIG_PASSPHRASE/,
    );
    assert.equal(missing({ passphrase }, { PULUMI_CONFIG_PASSPHRASE_FILE: "" }), 1);
    assert.equal(missing({ passphrase }, { PULUMI_CONFIG_PASSPHRASE: "" }), 0);
    assert.equal(missing({ passphrase }, { PULUMI_CONFIG_PASSPHRASE_FILE: "/secret" }), 0);
  });

  it("are Google's credentials, from the environment or by gcloud, where the stack has resources there", async () => {
    const google = true;
    assert.match(
      missingPrerequisites({ google, passphrase: false }, {}, "/nowhere")[0] ?? "",
      /gcloud auth application-default login/,
    );
    assert.equal(missing({ google }, { GOOGLE_APPLICATION_CREDENTIALS: "" }), 1);
    assert.equal(missing({ google }, { GOOGLE_APPLICATION_CREDENTIALS: "/key.json" }), 0);
    await inTemporaryDirectory(async (dir) => {
      await write(join(dir, ".config", "gcloud", "application_default_credentials.json"), "{}");
      assert.equal(missing({ google }, {}, dir), 0);
      assert.equal(missing({ google }, { CLOUDSDK_CONFIG: join(dir, "elsewhere") }, dir), 1);
      assert.equal(missing({ google }, { CLOUDSDK_CONFIG: join(dir, ".config", "gcloud") }), 0);
    });
  });
});
