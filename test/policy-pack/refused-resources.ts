import type { Resource } from "../../packages/stack-model/resource.ts";
import { CRYPTO_KEY } from "../../packages/stack-model/type-tokens.ts";
import type { Properties } from "../../packages/stack-model/property-value.ts";
import type { Registered } from "./programs/registered.ts";
import {
  allowing,
  attestor,
  ATTESTOR_NAME,
  cluster,
  deployment,
  IMAGE,
  nodePool,
  policy,
  resource,
  root,
  rule,
} from "./resources.ts";

/** Stacks with resources that guardrails refuse, for an update without a preview. */

/** A stack, and by the names of its resources which guardrails refuse them. */
export interface RefusedStack {
  readonly called: string;
  readonly resources: readonly Registered[];
  readonly refused: Readonly<Record<string, readonly string[]>>;
  /** The refused ones that are tried on the engine, each in an update of its own. */
  readonly byEngine: readonly string[];
  /** The pack's. */
  readonly configuration?: object;
}

const POLICY = "kubernetes:cilium.io/v2:CiliumNetworkPolicy";

/** A resource under a name of its own, registered after others. */
function named(
  name: string,
  { type, props }: Resource,
  after: readonly string[] = ["policy", "closed"],
): Registered {
  return { type, name, props, after };
}

function service(port: number): Resource {
  return resource("kubernetes:core/v1:Service", { spec: { type: "NodePort", ports: [{ port }] } });
}

function networkPolicy(spec: Properties, namespace: Properties = { namespace: "other" }): Resource {
  return resource(POLICY, { metadata: { name: "http", ...namespace }, spec });
}

function httpRule(http: Properties): Resource {
  const toPorts = [{ ports: [{ port: "80", protocol: "TCP" }], rules: { http: [http] } }];
  return networkPolicy({ endpointSelector: {}, ingress: [{ toPorts }] });
}

function deploymentIn(namespace: string): Resource {
  const { type, props } = deployment();
  return resource(type, { ...props, metadata: { name: "adapter", namespace } });
}

const SERVER = {
  name: "fhir",
  namespace: "default",
  port: 52_773,
  basePath: "/fhir/r5",
  labels: { class: "fhir", org: "hospital" },
};
const member = (type: string, role: string, who: string) => resource(type, { role, member: who });
const KEY_MEMBER = "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember";
const key = (versionTemplate: Properties) =>
  resource(CRYPTO_KEY, { purpose: "ASYMMETRIC_SIGN", versionTemplate });

/** What the other resources need: an admission policy that exempts IMAGE, and no traffic for any pod. */
const NEEDED: readonly Registered[] = [
  { type: policy().type, name: "policy", props: policy(allowing(IMAGE)).props },
  {
    type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
    name: "closed",
    props: {
      metadata: { name: "closed", namespace: "default" },
      spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
    },
  },
];
const rootWith = (declaration: Properties): Registered => ({
  type: root().type,
  name: "root",
  props: root(declaration).props,
});

const COMMON: RefusedStack = {
  byEngine: ["enforcement", "ungoverned", "unattested", "early", "mllp", "ambient", "open-server"],
  called: "a stack",
  resources: [
    rootWith({ signer: "user:signer@example.com", allowedLocations: ["us-central1"], fhirServers: [SERVER] }),
    ...NEEDED,
    named("good-workload", deployment()),
    named("good-cluster", cluster()),
    named("enforcement", cluster({ binaryAuthorization: { evaluationMode: "DISABLED" } })),
    named("ungoverned", cluster({ project: "other" })),
    named("public-nodes", cluster({ privateClusterConfig: { enablePrivateEndpoint: true } })),
    named("public-control-plane", cluster({ privateClusterConfig: { enablePrivateNodes: true } })),
    named("no-identity", nodePool({ nodeConfig: { workloadMetadataConfig: { mode: "GCE_METADATA" } } })),
    named("rule", policy({ project: "a", defaultAdmissionRule: rule({ evaluationMode: "ALWAYS_ALLOW" }) })),
    named("broad", policy({ project: "b", ...allowing("gcr.io/*") })),
    named("tag", deployment({ container: { image: "gcr.io/vendor/adapter:v1" } })),
    named("unattested", deployment({ container: { image: IMAGE.replace("vendor", "evil") } })),
    named("break-glass", deployment({ labels: { "image-policy.k8s.io/break-glass": "true" } })),
    named("host", deployment({ pod: { hostPID: true } })),
    named("early", deploymentIn("unpoliced"), []),
    named("no-key", attestor([])),
    named("rsa", key({ algorithm: "RSA_SIGN_PKCS1_2048_SHA256" })),
    named("other-signer", member(KEY_MEMBER, "roles/cloudkms.signer", "user:evil@example.com")),
    named("public", member(KEY_MEMBER, "roles/cloudkms.viewer", "allUsers")),
    named("basic", member("gcp:projects/iAMMember:IAMMember", "roles/owner", "user:a@example.com")),
    named(
      "impersonation",
      member("gcp:projects/iAMMember:IAMMember", "roles/iam.serviceAccountUser", "user:a@example.com"),
    ),
    { ...named("ambient", resource(CRYPTO_KEY, { purpose: "MAC" })), byDefaultProvider: true },
    named("abroad", resource("gcp:healthcare/dataset:Dataset", { location: "us" })),
    named("duplicates", resource("gcp:healthcare/hl7Store:Hl7Store", {})),
    named("mllp", service(2575)),
    named("fhir-service", service(52_773)),
    named("method", httpRule({ path: "/a" })),
    named("path", httpRule({ method: "GET", path: "/a.b" })),
    named("long", httpRule({ method: "GET", path: `/${"a".repeat(200)}` })),
    named("no-namespace", networkPolicy({ endpointSelector: {} }, {})),
    named("open-server", deployment({ labels: SERVER.labels })),
  ],
  refused: {
    enforcement: ["cluster-enforces-binary-authorization"],
    ungoverned: ["admission-policy-present"],
    "public-nodes": ["cluster-nodes-private"],
    "public-control-plane": ["control-plane-not-public"],
    "no-identity": ["workload-identity-on"],
    rule: ["admission-rule-requires-attestation"],
    broad: ["allow-list-narrow"],
    tag: ["image-pinned-by-digest"],
    unattested: ["image-attested"],
    "break-glass": ["break-glass-label-refused"],
    host: ["pod-hardened"],
    early: ["every-pod-policed"],
    "no-key": ["attestor-key-strong"],
    rsa: ["signing-key-elliptic"],
    "other-signer": ["only-signer-signs"],
    public: ["no-public-members"],
    basic: ["no-basic-roles"],
    impersonation: ["no-project-wide-impersonation"],
    ambient: ["no-default-provider"],
    abroad: ["dataset-location-allowed"],
    duplicates: ["hl7v2-store-rejects-duplicates"],
    mllp: ["mllp-internal-only"],
    "fhir-service": ["fhir-internal-only"],
    method: ["http-rule-names-method-and-path"],
    path: ["http-path-escaped"],
    long: ["http-regex-size"],
    "no-namespace": ["policy-has-namespace"],
    "open-server": ["deny-all-both-directions"],
  },
};

const SEPARATE: RefusedStack = {
  byEngine: ["unprotected"],
  called: "a stack that separates duties, with pinned attestors",
  configuration: { trust: { attestors: [] } },
  resources: [
    rootWith({ separateDuties: true, layers: ["runtime"], roles: { deployer: { project: "project" } } }),
    named("unprotected", key({ algorithm: "EC_SIGN_P256_SHA256", protectionLevel: "SOFTWARE" })),
    named("unpinned", policy({ defaultAdmissionRule: rule({ requireAttestationsBies: [ATTESTOR_NAME] }) })),
  ],
  refused: { unprotected: ["signing-key-protected", "duties-separated"], unpinned: ["attestors-pinned"] },
};

const DENIED = { key: "k8s:io.kubernetes.pod.namespace", operator: "Exists" };
const OPEN: RefusedStack = {
  byEngine: ["world"],
  called: "a stack with a policy that opens its FHIR server after the server is created",
  resources: [
    rootWith({ fhirServers: [SERVER] }),
    ...NEEDED,
    {
      type: "kubernetes:cilium.io/v2:CiliumClusterwideNetworkPolicy",
      name: "deny-all",
      props: {
        metadata: { name: "deny-all" },
        spec: { endpointSelector: { matchExpressions: [DENIED] }, ingress: [{}], egress: [{}] },
      },
    },
    named("server", deployment({ labels: SERVER.labels }), ["policy", "closed", "deny-all"]),
    named(
      "world",
      resource(POLICY, {
        metadata: { name: "world", namespace: "default" },
        spec: { endpointSelector: { matchLabels: SERVER.labels }, ingress: [{ fromEntities: ["world"] }] },
      }),
      ["server"],
    ),
    named("patch", { ...networkPolicy({}, { namespace: "default" }), type: `${POLICY}Patch` }, ["server"]),
  ],
  refused: {
    patch: ["access-evaluable"],
    world: ["access-equals-grants", "no-world-to-fhir", "l7-not-shadowed"],
  },
};

const DENY = { evaluationMode: "ALWAYS_DENY", enforcementMode: "ENFORCED_BLOCK_AND_AUDIT_LOG" };

const BAD_ROOT: RefusedStack = {
  byEngine: [],
  called: "a stack whose root component declares what is not trusted",
  configuration: { trust: { attestors: [] } },
  resources: [
    named("first", policy({ project: "first", defaultAdmissionRule: DENY }), []),
    {
      ...rootWith({
        attestors: [{ name: ATTESTOR_NAME, publicKeys: [{ id: "key", pem: "" }] }],
        attestations: [{ image: IMAGE, keyId: "key", payload: "e30=", signature: "" }],
        roles: { deployer: { project: "same" }, hl7v2: { project: "same" } },
        fhirServers: [SERVER],
        accessMode: "breakGlass",
        breakGlass: {},
      }),
      after: ["first"],
    },
  ],
  refused: {
    root: [
      "trust",
      "declaration-first",
      "attestation-verifies",
      "attestor-key-strong",
      "roles-have-distinct-projects",
      "break-glass-needs-l7",
    ],
  },
};

export const REFUSED: readonly RefusedStack[] = [COMMON, SEPARATE, OPEN, BAD_ROOT];
