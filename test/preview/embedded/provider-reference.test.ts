import assert from "node:assert/strict";
import fc from "fast-check";
import {
  defaultProviderUrn,
  formatReference,
  isDefaultProvider,
  tokenPackage,
  parseReference,
} from "../../../preview/embedded/provider-reference.ts";
import { formatUrn } from "../../../preview/embedded/urns.ts";
import { urnName } from "../../../preview/report/urn.ts";

const STACK = { project: "app", stack: "dev" };

describe("A reference to a provider", () => {
  it("is read as it is written", () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const urn = formatUrn(STACK, "pulumi:providers:gcp", name, undefined);
        assert.equal(parseReference(formatReference(urn)).urn, urn);
      }),
    );
    for (const text of ["", "urn:pulumi:dev::app::t::n::", "n::id"]) {
      assert.throws(() => parseReference(text), { message: `could not parse provider reference: "${text}"` });
    }
  });

  it("names a default provider by what was asked for", () => {
    const named = (version?: string, downloadUrl?: string) => {
      const asked = { pkg: "gcp", ...(version && { version }), ...(downloadUrl && { downloadUrl }) };
      const urn = defaultProviderUrn(STACK, asked);
      assert.ok(isDefaultProvider(urn));
      return urnName(urn);
    };
    assert.equal(named(), "default");
    assert.equal(named("9.35.0"), "default_9_35_0");
    assert.equal(named("1.0.0-alpha.1+build"), "default_1_0_0_alpha_1_build");
    assert.equal(named("1.0.0", "https://example.com/a b"), "default_1_0_0_https_/example.com/a_b");
    assert.ok(!isDefaultProvider(formatUrn(STACK, "pulumi:providers:gcp", "google", undefined)));
    assert.ok(!isDefaultProvider(formatUrn(STACK, "a:b:C", "default", undefined)));
  });

  it("is of the package before the first colon", () => {
    assert.equal(tokenPackage("gcp:kms/keyRing:KeyRing"), "gcp");
    assert.equal(tokenPackage("nothing"), "");
  });
});
