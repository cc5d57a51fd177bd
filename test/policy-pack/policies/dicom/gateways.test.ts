import assert from "node:assert/strict";
import { envoyConfig } from "../../../../components/dicom/envoy-config.ts";
import {
  gatewayAsksByGrpc,
  gatewayFailsClosed,
  gatewayNormalizesPaths,
} from "../../../../policy-pack/policies/dicom/gateways.ts";
import { SETTINGS } from "../../../components/dicom/signed.ts";
import { judge } from "../../judge.ts";
import { resource } from "../../resources.ts";

const { issuer } = SETTINGS;
const CONFIG = JSON.stringify(
  envoyConfig({
    issuer,
    opaHost: "opa",
    opaPort: 9191,
    upstream: { kind: "service", host: "orthanc", port: 80 },
  }),
);

const configMap = (text: string) =>
  resource("kubernetes:core/v1:ConfigMap", { data: { "envoy.json": text } });
/** The gateway's configuration with one part replaced; fails where the part is not there. */
function changed(part: string, instead: string) {
  assert.ok(CONFIG.includes(part), part);
  return configMap(CONFIG.replaceAll(part, instead));
}

describe("gateway-fails-closed", () => {
  it("passes for the gateway of this repository, and for a field that is not set, which is false", () => {
    assert.deepEqual(judge(gatewayFailsClosed, configMap(CONFIG)), []);
    assert.deepEqual(judge(gatewayFailsClosed, changed('"failure_mode_allow":false,', "")), []);
  });

  it("fails where a request passes without a decision", () => {
    assert.deepEqual(
      judge(gatewayFailsClosed, changed('"failure_mode_allow":false', '"failure_mode_allow":true')),
      ["it: envoy.json: failure_mode_allow is true, not false"],
    );
  });

  it("fails where a request passes without a token", () => {
    const optional = '{"requires_any":{"requirements":[{"provider_name":"issuer"},{"allow_missing":{}}]}}';
    assert.deepEqual(judge(gatewayFailsClosed, changed('{"provider_name":"issuer"}', optional)), [
      "it: envoy.json: a token is not required: allow_missing",
    ]);
  });
});

describe("gateway-asks-by-grpc", () => {
  it("passes for the gateway of this repository, and for an Envoy that asks for nothing", () => {
    assert.deepEqual(judge(gatewayAsksByGrpc, configMap(CONFIG)), []);
    assert.deepEqual(judge(gatewayAsksByGrpc, configMap("{}")), []);
  });

  it("fails for HTTP, where plain OPA's denial is a 200", () => {
    assert.deepEqual(judge(gatewayAsksByGrpc, changed('"grpc_service"', '"http_service"')), [
      "it: envoy.json: ExtAuthz has an http_service",
    ]);
    assert.deepEqual(judge(gatewayAsksByGrpc, changed('"grpc_service"', '"x"')), [
      "it: envoy.json: ExtAuthz has no grpc_service",
    ]);
  });
});

describe("gateway-normalizes-paths", () => {
  const pod = (images: readonly string[], ...args: string[]) =>
    resource("kubernetes:core/v1:Pod", {
      spec: { containers: images.map((image, index) => ({ name: `c${index}`, image, args })) },
    });
  const PROXY = "quay.io/gogatekeeper/gatekeeper:3.0.0";
  const ENVOY = "docker.io/envoyproxy/envoy:v1.40.0";

  it("passes for the gateway of this repository, and for an Envoy that asks for nothing", () => {
    assert.deepEqual(judge(gatewayNormalizesPaths, configMap(CONFIG)), []);
    assert.deepEqual(judge(gatewayNormalizesPaths, configMap("{}")), []);
  });

  for (const [field, value] of [
    ["normalize_path", "true"],
    ["merge_slashes", "true"],
    ["path_with_escaped_slashes_action", '"REJECT_REQUEST"'],
  ] as const) {
    it(`fails where ${field} is another or not set`, () => {
      const part = `"${field}":${value}`;
      assert.deepEqual(judge(gatewayNormalizesPaths, changed(part, `"${field}":false`)), [
        `it: envoy.json: ${field} is false, not ${value}`,
      ]);
      assert.deepEqual(judge(gatewayNormalizesPaths, changed(`${part},`, "")), [
        `it: envoy.json: ${field} is not set, not ${value}`,
      ]);
    });
  }

  it("passes for GoGatekeeper behind an Envoy in its pod", () => {
    assert.deepEqual(judge(gatewayNormalizesPaths, pod([PROXY, ENVOY], "--listen=127.0.0.1:3000")), []);
  });

  it("fails for GoGatekeeper without one, or past one", () => {
    assert.deepEqual(judge(gatewayNormalizesPaths, pod([PROXY], "--listen=127.0.0.1:3000")), [
      'it: container "c0" is GoGatekeeper without an Envoy in its pod, which normalizes paths',
    ]);
    assert.deepEqual(judge(gatewayNormalizesPaths, pod([PROXY, ENVOY], "--listen=0.0.0.0:3000")), [
      'it: container "c0" listens beyond its pod: "--listen=0.0.0.0:3000"',
    ]);
    assert.deepEqual(judge(gatewayNormalizesPaths, pod([PROXY, ENVOY])), [
      'it: container "c0" listens beyond its pod: no --listen',
    ]);
  });
});
