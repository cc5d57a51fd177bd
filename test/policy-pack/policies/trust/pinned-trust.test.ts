import assert from "node:assert/strict";
import { type Configuration, UNCONFIGURED } from "../../../../packages/policy-config/configuration.ts";
import { imageAttested } from "../../../../policy-pack/policies/images/image-attested.ts";
import { imagePinnedByDigest } from "../../../../policy-pack/policies/images/image-digest.ts";
import { attestorsPinned } from "../../../../policy-pack/policies/trust/attestors-pinned.ts";
import { trust } from "../../../../policy-pack/policies/trust/pinned-trust.ts";
import { trustedDeclarations } from "../../../../packages/policy-config/trusted-declarations.ts";
import { onlySignerSigns } from "../../../../policy-pack/policies/attestation/signing-keys.ts";
import { STACK } from "../../../../packages/stack-model/type-tokens.ts";
import type { Trust } from "../../../../packages/policy-config/trust-schema.ts";
import { type Properties, UNKNOWN } from "../../../../packages/stack-model/property-value.ts";
import { configured, judge } from "../../judge.ts";
import {
  allowing,
  attestor,
  ATTESTOR_NAME,
  deployment,
  IMAGE,
  NOTE_NAME,
  occurrence,
  policy,
  resource,
  root,
  rule,
} from "../../resources.ts";
import { type Signer, signer } from "../../signing-keys.ts";

const key = signer("//kms/key/1");
const other = signer("//kms/key/2");
const SIGNER = "serviceAccount:signer@project.iam.gserviceaccount.com";
const OWN = "projects/evil-project/attestors/own";

const pins: Required<Pick<Trust, "attestors" | "signers" | "unattestedImages">> = {
  attestors: [{ name: ATTESTOR_NAME, note: NOTE_NAME, publicKeys: [{ id: key.id, pem: key.pem }] }],
  signers: [SIGNER],
  unattestedImages: ["gcr.io/vendor/*"],
};
const pinning = (trusted: Trust): Configuration => ({ ...UNCONFIGURED, trust: trusted });
const PINNED = pinning(pins);

const keyOf = ({ id, pem }: Signer) => ({
  id,
  pkixPublicKey: { publicKeyPem: pem, signatureAlgorithm: "ECDSA_P256_SHA256" },
});
const declaring = (name: string, { id, pem }: Signer) => ({
  attestors: [{ name, publicKeys: [{ id, pem }] }],
});

describe("what a program declares, where the pack's configuration pins it", () => {
  const verdict = (declaration: Parameters<typeof root>[0], configuration = PINNED) =>
    configured(configuration, trust, root(declaration));
  const refusal = (path: string, why: string) => [
    `root: root declares ${path}, which is not trusted: ${why}`,
  ];

  it("passes where it equals the pins, or is narrower", () => {
    const images = [{ image: IMAGE, reason: "Story" }];
    assert.deepEqual(
      verdict({ ...declaring(ATTESTOR_NAME, key), signer: SIGNER, unattestedImages: images }),
      [],
    );
    assert.deepEqual(verdict({}), []);
  });

  it("passes with any value where nothing is pinned", () => {
    const wide = { ...declaring(OWN, other), signer: "user:evil@gmail.com" };
    assert.deepEqual(verdict(wide, pinning({})), []);
    assert.deepEqual(verdict(wide, pinning({ unattestedImages: [] })), []);
  });

  it("fails where it names another attestor, and names the pinned one", () => {
    assert.deepEqual(
      verdict(declaring(OWN, key)),
      refusal(
        "attestors[0]",
        `the attestor ${OWN} is not pinned: the pack's configuration pins ${ATTESTOR_NAME}`,
      ),
    );
  });

  it("fails where the pinned attestor has another key, and names the pinned one", () => {
    assert.deepEqual(
      verdict(declaring(ATTESTOR_NAME, other)),
      refusal(
        "attestors[0].publicKeys[0]",
        `the key ${other.id} of the attestor ${ATTESTOR_NAME} is not pinned: the pack's configuration pins ${key.id}`,
      ),
    );
  });

  it("fails where it names another signer, and names the pinned one", () => {
    assert.deepEqual(
      verdict({ signer: "user:evil@gmail.com" }),
      refusal(
        "signer",
        `the signer user:evil@gmail.com is not pinned: the pack's configuration pins ${SIGNER}`,
      ),
    );
  });

  it("fails where another image would run unattested, and names the pinned ones", () => {
    assert.deepEqual(
      verdict({ unattestedImages: [{ image: "docker.io/evil/*", reason: "trust me" }] }),
      refusal(
        "unattestedImages[0]",
        "docker.io/evil/* may not run without an attestation: the pack's configuration exempts gcr.io/vendor/*",
      ),
    );
  });

  it("cannot be evaluated where it is not known", () => {
    assert.deepEqual(verdict({ attestors: UNKNOWN, signer: UNKNOWN, unattestedImages: UNKNOWN }), [
      "root: cannot be evaluated: the declared attestors is not known before the update, not a list (treated as a violation)",
      "root: cannot be evaluated: the declared signer is not known before the update, not a text (treated as a violation)",
      "root: cannot be evaluated: the declared unattestedImages is not known before the update, not a list (treated as a violation)",
    ]);
  });
});

describe("enforcement levels that a configuration lowers", () => {
  const lowered = [
    { policy: "image-attested", from: "mandatory", to: "advisory" },
    { policy: "no-basic-roles", from: "mandatory", to: "advisory" },
  ] as const;
  const stack = resource(STACK, {}, { name: "stack" });

  it("pass where the configuration does not fix them", () => {
    assert.deepEqual(configured({ ...UNCONFIGURED, lowered }, trust, stack), []);
  });

  it("pass where it fixes them, and none is lowered", () => {
    assert.deepEqual(
      configured({ ...UNCONFIGURED, trust: { enforcementLevels: "fixed" }, lowered: [] }, trust, stack),
      [],
    );
  });

  it("fail with one message where it fixes them", () => {
    assert.deepEqual(
      configured({ ...UNCONFIGURED, trust: { enforcementLevels: "fixed" }, lowered }, trust, stack),
      [
        "stack: enforcement levels are lowered, which the pack's configuration forbids (enforcementLevels: fixed): image-attested, no-basic-roles from mandatory to advisory",
      ],
    );
  });
});

describe("an attestor and an admission policy, where the pack's configuration pins attestors", () => {
  const verdict = (...resources: Parameters<typeof judge> extends [unknown, ...infer R] ? R : never) =>
    configured(PINNED, attestorsPinned, ...resources);

  it("pass where they are the pinned ones, or not created before the update", () => {
    assert.deepEqual(verdict(attestor([keyOf(key)]), policy(allowing("gcr.io/vendor/base*"))), []);
    const unmade: Properties = { id: UNKNOWN, pkixPublicKey: { publicKeyPem: UNKNOWN } };
    const authority: Properties = { noteReference: UNKNOWN, publicKeys: [unmade] };
    assert.deepEqual(verdict(attestor([], { attestationAuthorityNote: authority })), []);
  });

  it("pass with any value where nothing is pinned", () => {
    const own = policy({ defaultAdmissionRule: rule({ requireAttestationsBies: [OWN] }) });
    assert.deepEqual(judge(attestorsPinned, own, attestor([keyOf(other)])), []);
  });

  it("fail where the policy requires another attestor, also by its id alone", () => {
    const requiring = (name: string) =>
      policy({ defaultAdmissionRule: rule({ requireAttestationsBies: [name] }) });
    const refusal = (name: string) => [
      `policy: the default rule: the attestor ${name} is not pinned: the pack's configuration pins ${ATTESTOR_NAME}`,
    ];
    assert.deepEqual(verdict(requiring(OWN)), refusal(OWN));
    assert.deepEqual(verdict(requiring("own")), refusal("projects/deployer-project/attestors/own"));
  });

  it("fail where the rule of one cluster requires another attestor", () => {
    const single = { ...rule({ requireAttestationsBies: [OWN] }), cluster: "us-central1.cluster" };
    assert.match(
      verdict(policy({ clusterAdmissionRules: [single] }))[0] ?? "",
      /the rule for us-central1\.cluster/,
    );
  });

  it("fail where the allow-list exempts another image", () => {
    assert.deepEqual(verdict(policy(allowing("docker.io/evil/*"))), [
      "policy: the allow-list: docker.io/evil/* may not run without an attestation: the pack's configuration exempts gcr.io/vendor/*",
    ]);
  });

  it("fail where the attestor is another, or has another note or key", () => {
    assert.deepEqual(verdict(attestor([keyOf(key)], { name: "own" })), [
      `attestor: the attestor projects/attestor-project/attestors/own is not pinned: the pack's configuration pins ${ATTESTOR_NAME}`,
    ]);
    const authority = { noteReference: "projects/evil/notes/own", publicKeys: [keyOf(key)] };
    assert.deepEqual(verdict(attestor([], { attestationAuthorityNote: authority })), [
      `attestor: the note projects/evil/notes/own of the attestor ${ATTESTOR_NAME} is not the pinned one: the pack's configuration pins ${NOTE_NAME}`,
    ]);
    assert.deepEqual(verdict(attestor([keyOf(key), keyOf(other)])), [
      `attestor: the key ${other.id} of the attestor ${ATTESTOR_NAME} is not pinned: the pack's configuration pins ${key.id}`,
    ]);
  });
});

describe("an image, where the pack's configuration pins attestors and unattested images", () => {
  const verdict = (configuration: Configuration, ...resources: Parameters<typeof judge>[1][]) =>
    configured(configuration, imageAttested, deployment(), ...resources);
  const signed = (by: Signer) => {
    const { payload, signature } = by.attest(IMAGE);
    const signatures = [{ publicKeyId: by.id, signature }];
    return occurrence({ attestation: { serializedPayload: payload, signatures } });
  };
  const refused = (why: string) => [`deployment: container "adapter" runs ${IMAGE}, ${why}`];

  it("passes where a pinned attestor has attested it with a pinned key", () => {
    const own = [attestor([keyOf(key)]), signed(key), policy()];
    assert.deepEqual(verdict(PINNED, ...own), []);
    const brought = { ...declaring(ATTESTOR_NAME, key), attestations: [{ ...key.attest(IMAGE) }] };
    assert.deepEqual(verdict(PINNED, root(brought), policy()), []);
  });

  it("fails where another attestor has attested it", () => {
    const requiring = policy({ defaultAdmissionRule: rule({ requireAttestationsBies: [OWN] }) });
    assert.deepEqual(
      verdict(PINNED, requiring),
      refused(`but the attestor ${OWN} is not pinned: the pack's configuration pins ${ATTESTOR_NAME}`),
    );
  });

  it("fails where the pinned attestor has attested it with another key", () => {
    assert.match(
      verdict(PINNED, attestor([keyOf(other)]), signed(other), policy())[0] ?? "",
      /is not among the pinned keys/,
    );
    const brought = { ...declaring(ATTESTOR_NAME, other), attestations: [{ ...other.attest(IMAGE) }] };
    assert.match(verdict(PINNED, root(brought), policy())[0] ?? "", /is not among the pinned keys/);
  });

  it("fails where only an allow-list that is not pinned exempts it", () => {
    const none = pinning({ unattestedImages: [] });
    assert.deepEqual(verdict(PINNED, policy(allowing(IMAGE))), []);
    assert.match(verdict(none, policy(allowing(IMAGE)))[0] ?? "", /has not attested/);
  });

  it("fails outside Google Cloud where only the program exempts it", () => {
    const naming = (image: string) =>
      root({ layers: ["fhir"], unattestedImages: [{ image, reason: "Story" }] });
    assert.deepEqual(verdict(PINNED, naming(IMAGE)), []);
    assert.deepEqual(
      verdict(pinning({ unattestedImages: [] }), naming(IMAGE)),
      refused("which unattestedImages names, but the pack's configuration does not exempt"),
    );
    const tagged = "gcr.io/vendor/adapter:v1";
    const running = deployment({ container: { image: tagged } });
    assert.deepEqual(configured(PINNED, imagePinnedByDigest, running, naming(tagged)), []);
    assert.equal(
      configured(pinning({ unattestedImages: [] }), imagePinnedByDigest, running, naming(tagged)).length,
      1,
    );
  });
});

describe("the right to sign, where the pack's configuration pins the signers", () => {
  const grant = (member: string) =>
    resource(
      "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
      { role: "roles/cloudkms.signer", member },
      { name: "grant" },
    );
  const verdict = (...resources: Parameters<typeof judge>[1][]) =>
    configured(PINNED, onlySignerSigns, ...resources);
  const EVIL = "user:evil@gmail.com";

  it("passes with a pinned signer, also without any declaration", () => {
    assert.deepEqual(verdict(grant(SIGNER), root({ signer: SIGNER })), []);
    assert.deepEqual(verdict(grant(SIGNER)), []);
  });

  it("fails with a principal that only the program declares, and names the pinned signer", () => {
    assert.deepEqual(verdict(grant(EVIL), root({ signer: EVIL })), [
      `grant: "roles/cloudkms.signer" is granted to ${EVIL}, but the signer ${EVIL} is not pinned: the pack's configuration pins ${SIGNER}`,
    ]);
  });

  it("fails with a pinned signer where the program declares another", () => {
    const both = pinning({ signers: [SIGNER, EVIL] });
    assert.deepEqual(configured(both, onlySignerSigns, root({ signer: SIGNER }), grant(EVIL)), [
      `grant: "roles/cloudkms.signer" is granted to ${EVIL}, not to the signer ${SIGNER}`,
    ]);
  });
});

describe("what the pack trusts without a pin", () => {
  const seen = [
    root({
      ...declaring(ATTESTOR_NAME, key),
      signer: SIGNER,
      unattestedImages: [{ image: IMAGE, reason: "Story" }],
    }),
    policy({ ...allowing("gcr.io/base/*"), defaultAdmissionRule: rule({ requireAttestationsBies: [OWN] }) }),
    attestor([keyOf(key)]),
  ];

  it("is what the root component, admission policies and attestors declare", () => {
    assert.deepEqual(trustedDeclarations(seen, {}), [
      { declaration: "attestors", values: [ATTESTOR_NAME, OWN] },
      { declaration: "signers", values: [SIGNER] },
      { declaration: "unattestedImages", values: ["gcr.io/base/*", IMAGE] },
    ]);
  });

  it("is nothing where everything is pinned, or nothing is declared", () => {
    assert.deepEqual(trustedDeclarations(seen, pins), []);
    assert.deepEqual(trustedDeclarations([root()], {}), []);
  });
});
