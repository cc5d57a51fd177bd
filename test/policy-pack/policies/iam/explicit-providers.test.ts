import assert from "node:assert/strict";
import { noDefaultProvider } from "../../../../policy-pack/policies/iam/explicit-providers.ts";
import { UNCONFIGURED } from "../../../../packages/policy-config/configuration.ts";
import { configured, judge } from "../../judge.ts";
import { resource, root } from "../../resources.ts";

describe("the provider of a resource", () => {
  const by = (provider: string) =>
    judge(
      noDefaultProvider,
      root(),
      resource("gcp:kms/keyRing:KeyRing", {}, { provider: `urn:pulumi:s::p::${provider}` }),
    );

  it("passes where it is explicit", () => {
    assert.deepEqual(by("pulumi:providers:gcp::signer"), []);
    assert.deepEqual(by("my:index:Component$pulumi:providers:gcp::defaults"), []);
  });

  it("passes where there is none, as for components and providers", () => {
    assert.deepEqual(
      judge(noDefaultProvider, resource("pulumi:providers:gcp"), resource("my:index:Component")),
      [],
    );
  });

  it("fails where it is a default one, of any version", () => {
    const refusal = (plugin: string) => [
      `it: provider is the default provider of ${plugin}, not an explicit one`,
    ];
    assert.deepEqual(by("pulumi:providers:gcp::default_9_35_0"), refusal("gcp"));
    assert.deepEqual(by("pulumi:providers:gcp::default"), refusal("gcp"));
    assert.deepEqual(by("pulumi:providers:pulumi-nodejs::default"), refusal("pulumi-nodejs"));
  });

  it("is only advised in a stack without a root component, unless the pack's configuration pins anything", () => {
    const foreign = resource(
      "gcp:kms/keyRing:KeyRing",
      {},
      { provider: "urn:pulumi:s::p::pulumi:providers:gcp::default" },
    );
    const message = "it: provider is the default provider of gcp, not an explicit one";
    assert.deepEqual(judge(noDefaultProvider, foreign), [`advisory: ${message}`]);
    assert.deepEqual(configured({ ...UNCONFIGURED, trust: { senders: [] } }, noDefaultProvider, foreign), [
      message,
    ]);
  });
});
