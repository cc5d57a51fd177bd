import * as pulumi from "@pulumi/pulumi";
import { Dataset } from "@pulumi/gcp/healthcare/dataset.js";
import { Hl7Store } from "@pulumi/gcp/healthcare/hl7Store.js";
import { Hl7StoreIamMember } from "@pulumi/gcp/healthcare/hl7StoreIamMember.js";
import { Topic } from "@pulumi/gcp/pubsub/topic.js";
import { TopicIAMMember } from "@pulumi/gcp/pubsub/topicIAMMember.js";
import { after } from "../after.ts";

export interface Hl7v2StoreArgs {
  /** The project of the role hl7v2, its APIs enabled. */
  project: pulumi.Input<string>;
  /** Region or multi-region of the dataset. */
  location: pulumi.Input<string>;
  /** The dataset's id. */
  dataset: pulumi.Input<string>;
  /** The HL7v2 store's id. */
  store: pulumi.Input<string>;
  /** Version of the parser, `V3`; a store keeps the one that it was made with. V1 numbers MSH's fields one too low. */
  parserVersion: pulumi.Input<string>;
  /** Whether a message that the store has already is rejected. */
  rejectDuplicates: pulumi.Input<boolean>;
  /** Pub/Sub topics, created in the same project, that are notified of new messages; an empty filter matches all. */
  notifications: readonly { topic: string; filter: pulumi.Input<string> }[];
  /** The Healthcare API's service agent, as an IAM member: it publishes to the topics. */
  healthcareAgent: pulumi.Input<string>;
  /** Whether Pulumi refuses to delete or replace dataset and store. */
  protect: boolean;
  /** Key that encrypts dataset and topics, `projects/…/cryptoKeys/…`; Google's keys when absent. */
  kmsKeyName?: pulumi.Input<string> | undefined;
  /** The principals that may send messages in, as IAM members by a name of ours. */
  ingesters: Readonly<Record<string, pulumi.Input<string>>>;
  /** The principals that may read messages, as IAM members by a name of ours. */
  consumers: Readonly<Record<string, pulumi.Input<string>>>;
}

/**
 * The Healthcare API dataset and HL7v2 store, the topics that are notified of new messages, and who may send and
 * read.
 *
 * Source: Cloud Healthcare API v1 `datasets`, `hl7V2Stores`; the tutorial's `gcloud healthcare datasets
 * create` and `hl7v2-stores create`.
 */
export class Hl7v2Store extends pulumi.ComponentResource {
  /** The dataset's id. */
  declare readonly dataset: pulumi.Output<string>;
  /** The store's id, once the ingesters and consumers have their rights. */
  declare readonly store: pulumi.Output<string>;
  /** Names of the topics, `projects/PROJECT/topics/ID`, by their ids. */
  declare readonly topics: ReadonlyMap<string, pulumi.Output<string>>;

  constructor(name: string, args: Hl7v2StoreArgs, opts: pulumi.ComponentResourceOptions) {
    super("attested-fhir:gcp:Hl7v2Store", name, args, opts);
    const dataset = this.createDataset(name, args);
    this.topics = new Map(args.notifications.map(({ topic }) => [topic, this.topic(name, topic, args)]));
    const store = this.createStore(name, args, dataset);
    const rights = [
      ...this.rights(`${name}-ingest`, "roles/healthcare.hl7V2Ingest", args.ingesters, store),
      ...this.rights(`${name}-consume`, "roles/healthcare.hl7V2Consumer", args.consumers, store),
    ];
    this.dataset = dataset.name;
    this.store = after(
      store.name,
      rights.map((right) => right.role),
    );
    this.registerOutputs({ dataset: this.dataset, store: this.store });
  }

  private createDataset(
    name: string,
    { project, location, dataset, kmsKeyName, protect }: Hl7v2StoreArgs,
  ): Dataset {
    return new Dataset(
      `${name}-dataset`,
      {
        project,
        location,
        name: dataset,
        timeZone: "UTC",
        ...(kmsKeyName !== undefined && { encryptionSpec: { kmsKeyName } }),
      },
      { parent: this, protect },
    );
  }

  private createStore(
    name: string,
    { store, parserVersion, rejectDuplicates, notifications, protect }: Hl7v2StoreArgs,
    dataset: Dataset,
  ): Hl7Store {
    return new Hl7Store(
      `${name}-store`,
      {
        dataset: dataset.id,
        name: store,
        parserConfig: { version: parserVersion },
        rejectDuplicateMessage: rejectDuplicates,
        notificationConfigs: notifications.map(({ topic, filter }) => ({
          pubsubTopic: this.topics.get(topic) ?? "",
          filter,
        })),
      },
      { parent: this, protect },
    );
  }

  /** A topic's name, once the Healthcare API may publish to it. */
  private topic(
    name: string,
    id: string,
    { project, kmsKeyName, healthcareAgent }: Hl7v2StoreArgs,
  ): pulumi.Output<string> {
    const topic = new Topic(
      `${name}-topic-${id}`,
      { project, name: id, ...(kmsKeyName !== undefined && { kmsKeyName }) },
      { parent: this },
    );
    const publisher = new TopicIAMMember(
      `${name}-topic-${id}-publisher`,
      { project: topic.project, topic: topic.name, role: "roles/pubsub.publisher", member: healthcareAgent },
      { parent: this },
    );
    return pulumi.interpolate`projects/${publisher.project}/topics/${topic.name}`;
  }

  private rights(
    name: string,
    role: string,
    members: Readonly<Record<string, pulumi.Input<string>>>,
    store: Hl7Store,
  ) {
    return Object.entries(members).map(
      ([who, member]) =>
        new Hl7StoreIamMember(`${name}-${who}`, { hl7V2StoreId: store.id, role, member }, { parent: this }),
    );
  }
}
