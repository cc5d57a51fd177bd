/**
 * `npm run test:unit`: the tests that need no engine, API server, Envoy nor oracle, and preview no whole stack in
 * processes of its own, which takes most of the time of the rest.
 */
module.exports = {
  ...require("./.mocharc.cjs"),
  spec: ["test/{packages,components,infra,policy-pack,preview,scripts,docs}/**/*.test.ts"],
  ignore: [
    // These use Pulumi's engine, an API server, or the tools that generate the CRDs.
    "test/components/cilium/crds.test.ts",
    "test/components/kubernetes/cluster-preflight.test.ts",
    "test/docs/story.test.ts",
    "test/policy-pack/{engine,engine-configuration,skip-preview}.test.ts",
    "test/preview/{command,interrupt,network,state}.test.ts",
    "test/preview/commands/access/access-stack.test.ts",
    "test/preview/engine/run-engine.test.ts",
    "test/preview/project/story.test.ts",
    "test/scripts/toolchain/command.test.ts",
    // These start a process for each of their tests.
    "test/components/fhir/endpoint-settings.test.ts",
    "test/docs/commands.test.ts",
    "test/preview/commands/access/access.test.ts",
    "test/preview/commands/mode.test.ts",
    "test/preview/embedded/{command,faults,interrupt,observe-embedded,pinned-agents,policy-config}.test.ts",
    "test/preview/snapshots.test.ts",
    "test/scripts/{access-cases,policy-pins}.test.ts",
  ],
};
