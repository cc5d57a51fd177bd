import * as pulumi from "@pulumi/pulumi";
import {
  type Attestation,
  parseAttestorKey,
  parsePinnedImage,
  type PinnedKey,
} from "@attested-fhir/attestation";
import { after } from "../../components/after.ts";
import { Attestor, type AttestorPublicKey } from "../../components/gcp/attestor.ts";
import { AttestationNote } from "../../components/gcp/attestation-note.ts";
import { DynamicProvider } from "../../components/gcp/dynamic-provider.ts";
import {
  type ExternalSignature,
  ImageAttestation,
  type KmsSigner,
} from "../../components/gcp/image-attestation.ts";
import { SIGNATURE_ALGORITHM, SigningKey } from "../../components/gcp/signing-key.ts";
import type { LayerConfig } from "../config/layer-configs.ts";
import type { StackConfig } from "../config/stack-config.ts";
import { InternalError } from "../internal-error.ts";
import type { LayerContext } from "../layer-context.ts";
import { signerAccount } from "../providers.ts";
import { API, type Projects } from "../projects.ts";
import { externalAttestation, keysById } from "../config/checks/external-attestations.ts";
import type { ImageToSign } from "../config/schema/signing.ts";

/** The outputs of the signing layer. */
export interface Signing {
  /** Name of the key version that signs; absent where keys are managed elsewhere. */
  readonly keyVersion: pulumi.Output<string> | undefined;
  /** The attestor's public keys, by the ids that attestations name them by. */
  readonly publicKeys: pulumi.Output<{ id: string; pem: string }[]>;
  /** The note, `projects/PROJECT/notes/ID`. */
  readonly note: pulumi.Output<string>;
  /** The attestor, `projects/PROJECT/attestors/ID`, once its verifiers may read it and its images are attested. */
  readonly attestor: pulumi.Output<string>;
  /** The attestations as data, for `stacks/attestations.yaml`. */
  readonly attestations: pulumi.Output<Attestation[]>;
  /** Each image that is listed, known to resources only once it is attested. */
  readonly attestedImages: ReadonlyMap<string, pulumi.Output<string>>;
}

/** The signing layer: key, note, attestor and the attestations of the images that the stack lists. */
export function signing(context: LayerContext<LayerConfig<"signing">>): Signing {
  const { config, project, identity, parent } = context;
  const { note: noteConfig, attestor: attestorConfig, signer } = config;
  const kms = kmsSigner(context, signer);
  const external = keysById(attestorConfig.publicKeys);
  const publicKeys: AttestorPublicKey[] = kms
    ? [{ id: kms.keyId, pem: kms.publicKey, signatureAlgorithm: SIGNATURE_ALGORITHM }]
    : external.map((key) => ({ ...key, signatureAlgorithm: parseAttestorKey(key.pem).signatureAlgorithm }));

  const note = new AttestationNote(
    "note",
    {
      project: project("note").enabled,
      noteId: noteConfig.id,
      hint: noteConfig.hint,
      occurrenceViewer: project("attestor").agent(API.binaryAuthorization),
    },
    { parent, provider: identity("note") },
  );
  const attestor = new Attestor(
    "attestor",
    {
      project: project("attestor").enabled,
      attestorId: attestorConfig.id,
      noteName: note.noteName,
      publicKeys,
      verifiers: verifiers(config, project),
      signer,
      attestationProject: project("attestation").enabled,
      providers: {
        attestor: identity("attestor"),
        note: identity("note"),
        attestation: identity("attestation"),
      },
    },
    { parent },
  );
  const attested = attestImages(context, attestor, kms ?? external);
  return {
    keyVersion: kms && pulumi.output(kms.keyVersion),
    publicKeys: pulumi.output(publicKeys.map(({ id, pem }) => ({ id, pem }))),
    note: note.noteName,
    // Policies require the attestor only once its images are attested.
    attestor: after(
      attestor.attestorName,
      attested.map(({ attestedImage }) => attestedImage),
    ),
    attestations: pulumi.all(attested.map(({ attestation }) => attestation)),
    attestedImages: new Map(
      config.images.map((item, index) => [item.image, attested[index]?.attestedImage ?? missing(item)]),
    ),
  };
}

/** The attestations of the images that the stack lists, each signed by the KMS key or given as an external signature. */
function attestImages(
  context: LayerContext,
  attestor: Attestor,
  keys: KmsSigner | PinnedKey[],
): ImageAttestation[] {
  const { config, project, identity, parent } = context;
  return config.images.map(
    (item) =>
      new ImageAttestation(
        attestationName(item.image),
        {
          image: item.image,
          project: project("attestation").enabled,
          noteName: attestor.attachableNote,
          signer: Array.isArray(keys) ? externalSignature(item, keys) : keys,
        },
        { parent, provider: identity("signer") },
      ),
  );
}

function externalSignature(item: ImageToSign, keys: readonly PinnedKey[]): ExternalSignature {
  const attestation = externalAttestation(item, keys) ?? missing(item);
  return { attestation, publicKey: keys.find(({ id }) => id === attestation.keyId)?.pem ?? missing(item) };
}

function missing({ image }: ImageToSign): never {
  throw new InternalError(`the signature of ${image} is missing, or by no key of the attestor`);
}

/** The Cloud KMS key that signs; undefined where keys are managed elsewhere. */
function kmsSigner(
  { config, project, identity, parent }: LayerContext,
  signer: string,
): KmsSigner | undefined {
  const { signingKey, projects, endpoints } = config;
  if (signingKey === undefined) return undefined;
  const dynamicProvider = new DynamicProvider("dynamic", { parent });
  const serviceAccount = signerAccount(config);
  const key = new SigningKey(
    "signing-key",
    {
      project: project("kms").enabled,
      location: signingKey.location,
      keyRing: signingKey.keyRing,
      key: signingKey.key,
      version: signingKey.version,
      protectionLevel: signingKey.protectionLevel,
      signer,
      signerServiceAccount: serviceAccount,
      adoptFrom: signingKey.adopt ? projects.kms?.id : undefined,
      protect: signingKey.protect,
      endpoint: endpoints.kms,
      dynamicProvider,
    },
    { parent, provider: identity("kms") },
  );
  const { keyVersion, keyId, publicKey } = key;
  return { keyVersion, keyId, publicKey, serviceAccount, endpoint: endpoints.kms, dynamicProvider };
}

/** The Binary Authorization agents that may verify: of this stack's own clusters' projects, and of other stacks'. */
function verifiers(config: StackConfig, project: Projects): Record<string, pulumi.Input<string>> {
  const others = (config.attestor?.verifierProjects ?? []).map((number) => [
    number,
    `serviceAccount:service-${number}@gcp-sa-binaryauthorization.iam.gserviceaccount.com`,
  ]);
  const own = (["deployer", "fhir"] as const)
    .filter((role) => config.projects[role] !== undefined)
    .map((role) => [role, project(role).agent(API.binaryAuthorization)]);
  return Object.fromEntries([...own, ...others]) as Record<string, pulumi.Input<string>>;
}

/** `gcr.io-cloud-healthcare-containers-mllp-adapter-231b073df13d`: the repository and the beginning of the digest. */
function attestationName(image: string): string {
  const { repository, digest } = parsePinnedImage(image);
  return `${repository.replaceAll("/", "-")}-${digest.slice("sha256:".length, "sha256:".length + 12)}`;
}
