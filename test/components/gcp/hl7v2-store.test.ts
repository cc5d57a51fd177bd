import assert from "node:assert/strict";
import { Hl7v2Store, type Hl7v2StoreArgs } from "../../../components/gcp/hl7v2-store.ts";
import { declared, known, type Options, Probe, waitingFor } from "../mocks.ts";

const DATASET = "projects/hl7v2-project/locations/us-central1/datasets/hospital";
const STORE = `${DATASET}/hl7V2Stores/adt`;
const AGENT = "serviceAccount:service-1@gcp-sa-healthcare.iam.gserviceaccount.com";
const ADAPTER = "serviceAccount:adapter@deployer-project.iam.gserviceaccount.com";
const KEY = "projects/hl7v2-project/locations/us-central1/keyRings/r/cryptoKeys/k";

const store =
  (args: Partial<Hl7v2StoreArgs> = {}) =>
  (opts: Options) =>
    new Hl7v2Store(
      "hl7v2",
      {
        project: "hl7v2-project",
        location: "us-central1",
        dataset: "hospital",
        store: "adt",
        parserVersion: "V3",
        rejectDuplicates: true,
        notifications: [],
        healthcareAgent: AGENT,
        protect: true,
        ingesters: { adapter: ADAPTER },
        consumers: {},
        ...args,
      },
      opts,
    );

const dataset = {
  project: "hl7v2-project",
  location: "us-central1",
  name: "hospital",
  timeZone: "UTC",
};
const ingest = {
  "gcp:healthcare/hl7StoreIamMember:Hl7StoreIamMember hl7v2-ingest-adapter": {
    hl7V2StoreId: STORE,
    role: "roles/healthcare.hl7V2Ingest",
    member: ADAPTER,
  },
};

describe("Hl7v2Store", () => {
  it("declares dataset and store, and lets the adapter send messages in, nothing else", async () => {
    const { inputs, result } = await declared(store());
    assert.deepEqual(inputs, {
      "gcp:healthcare/dataset:Dataset hl7v2-dataset": dataset,
      "gcp:healthcare/hl7Store:Hl7Store hl7v2-store": {
        dataset: DATASET,
        name: "adt",
        parserConfig: { version: "V3" },
        rejectDuplicateMessage: true,
        notificationConfigs: [],
      },
      ...ingest,
    });
    assert.equal(await known(result.dataset), "hospital");
    assert.equal(await known(result.store), "adt");
    assert.deepEqual([...result.topics], []);
  });

  it("declares topics that the Healthcare API may publish to, and readers where they are named", async () => {
    const topic = "projects/hl7v2-project/topics/messages";
    const { inputs, result } = await declared(
      store({
        notifications: [{ topic: "messages", filter: 'sendFacility="A"' }],
        consumers: { adapter: ADAPTER },
        kmsKeyName: KEY,
      }),
    );
    assert.deepEqual(inputs, {
      "gcp:healthcare/dataset:Dataset hl7v2-dataset": {
        ...dataset,
        encryptionSpec: { kmsKeyName: KEY },
      },
      "gcp:pubsub/topic:Topic hl7v2-topic-messages": {
        project: "hl7v2-project",
        name: "messages",
        kmsKeyName: KEY,
      },
      "gcp:pubsub/topicIAMMember:TopicIAMMember hl7v2-topic-messages-publisher": {
        project: "hl7v2-project",
        topic: "messages",
        role: "roles/pubsub.publisher",
        member: AGENT,
      },
      "gcp:healthcare/hl7Store:Hl7Store hl7v2-store": {
        dataset: DATASET,
        name: "adt",
        parserConfig: { version: "V3" },
        rejectDuplicateMessage: true,
        notificationConfigs: [{ pubsubTopic: topic, filter: 'sendFacility="A"' }],
      },
      ...ingest,
      "gcp:healthcare/hl7StoreIamMember:Hl7StoreIamMember hl7v2-consume-adapter": {
        hl7V2StoreId: STORE,
        role: "roles/healthcare.hl7V2Consumer",
        member: ADAPTER,
      },
    });
    const messages = result.topics.get("messages");
    assert.ok(messages);
    assert.equal(await known(messages), topic);
  });

  it("is protected where the stack says so", async () => {
    for (const protect of [true, false]) {
      const { resource } = await declared(store({ protect, rejectDuplicates: protect }));
      assert.equal(resource("hl7v2-dataset").protect, protect);
      assert.equal(resource("hl7v2-store").protect, protect);
      assert.equal(resource("hl7v2-store").inputs.rejectDuplicateMessage, protect);
    }
  });

  it("names a topic to the store only once the Healthcare API may publish to it", async () => {
    const program = store({ notifications: [{ topic: "messages", filter: "" }] });
    const publisher = "gcp:pubsub/topicIAMMember:TopicIAMMember";
    assert.deepEqual(await waitingFor(publisher, program), ["hl7v2-store"]);
  });

  it("is known to the adapter only once it has its rights", async () => {
    const program = (opts: Options) => new Probe("adapter", store()(opts).store, opts);
    const right = "gcp:healthcare/hl7StoreIamMember:Hl7StoreIamMember";
    assert.deepEqual(await waitingFor(right, program), ["adapter"]);
  });
});
