import { repositoryIamMember } from "./artifactregistry/repository-iam-member.ts";
import { repository } from "./artifactregistry/repository.ts";
import { attestorIamMember } from "./binaryauthorization/attestor-iam-member.ts";
import { attestor } from "./binaryauthorization/attestor.ts";
import { policy } from "./binaryauthorization/policy.ts";
import { network } from "./compute/network.ts";
import { subnetwork } from "./compute/subnetwork.ts";
import { cluster } from "./container/cluster.ts";
import { nodePool } from "./container/node-pool.ts";
import { noteIamMember } from "./containeranalysis/note-iam-member.ts";
import { note } from "./containeranalysis/note.ts";
import { occurence } from "./containeranalysis/occurence.ts";
import { managedZone } from "./dns/managed-zone.ts";
import { recordSet } from "./dns/record-set.ts";
import { dataset } from "./healthcare/dataset.ts";
import { hl7StoreIamMember } from "./healthcare/hl7-store-iam-member.ts";
import { hl7Store } from "./healthcare/hl7-store.ts";
import { cryptoKeyIamBinding } from "./kms/crypto-key-iam-binding.ts";
import { cryptoKey } from "./kms/crypto-key.ts";
import { keyRingIamMember } from "./kms/key-ring-iam-member.ts";
import { keyRing } from "./kms/key-ring.ts";
import { project } from "./organizations/project.ts";
import { projectsIamAuditConfig } from "./projects/iam-audit-config.ts";
import { projectsIamMember } from "./projects/iam-member.ts";
import { serviceIdentity } from "./projects/service-identity.ts";
import { service } from "./projects/service.ts";
import { topicIamMember } from "./pubsub/topic-iam-member.ts";
import { topic } from "./pubsub/topic.ts";
import { account } from "./serviceaccount/account.ts";
import { serviceaccountIamMember } from "./serviceaccount/iam-member.ts";
import type { ResourceType } from "../lifecycle.ts";

const TYPES: readonly ResourceType[] = [
  repositoryIamMember,
  repository,
  attestorIamMember,
  attestor,
  policy,
  network,
  subnetwork,
  cluster,
  nodePool,
  noteIamMember,
  note,
  occurence,
  managedZone,
  recordSet,
  dataset,
  hl7StoreIamMember,
  hl7Store,
  cryptoKeyIamBinding,
  cryptoKey,
  keyRing,
  keyRingIamMember,
  project,
  projectsIamAuditConfig,
  projectsIamMember,
  serviceIdentity,
  service,
  topicIamMember,
  topic,
  account,
  serviceaccountIamMember,
];

/** The resource types that the stand-in serves, by their tokens. */
export const RESOURCE_TYPES: Readonly<Record<string, ResourceType>> = Object.fromEntries(
  TYPES.map((type) => [type.token, type]),
);
