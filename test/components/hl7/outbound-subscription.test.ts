import assert from "node:assert/strict";
import { OutboundSubscription } from "../../../components/hl7/outbound-subscription.ts";
import { declared, known, type Options, Probe, waitingFor } from "../mocks.ts";

const ADAPTER = "serviceAccount:adapter@deployer-project.iam.gserviceaccount.com";

const outbound = (opts: Options) =>
  new OutboundSubscription(
    "outbound",
    {
      project: "hl7v2-project",
      topic: "projects/hl7v2-project/topics/messages",
      subscription: "messages-mllp-adapter",
      subscriber: ADAPTER,
    },
    opts,
  );

describe("OutboundSubscription", () => {
  it("declares a subscription that never expires, for the adapter only", async () => {
    const { inputs, result } = await declared(outbound);
    assert.deepEqual(inputs, {
      "gcp:pubsub/subscription:Subscription outbound-subscription": {
        project: "hl7v2-project",
        topic: "projects/hl7v2-project/topics/messages",
        name: "messages-mllp-adapter",
        ackDeadlineSeconds: 60,
        expirationPolicy: { ttl: "" },
      },
      "gcp:pubsub/subscriptionIAMMember:SubscriptionIAMMember outbound-subscriber": {
        project: "hl7v2-project",
        subscription: "messages-mllp-adapter",
        role: "roles/pubsub.subscriber",
        member: ADAPTER,
      },
    });
    assert.equal(await known(result.project), "hl7v2-project");
    assert.equal(await known(result.subscription), "messages-mllp-adapter");
  });

  it("outputs its id only once the adapter may read it", async () => {
    const program = (opts: Options) => new Probe("adapter", outbound(opts).subscription, opts);
    const subscriber = "gcp:pubsub/subscriptionIAMMember:SubscriptionIAMMember";
    assert.deepEqual(await waitingFor(subscriber, program), ["adapter"]);
  });
});
