import * as pulumi from "@pulumi/pulumi";
import { Subscription } from "@pulumi/gcp/pubsub/subscription.js";
import { SubscriptionIAMMember } from "@pulumi/gcp/pubsub/subscriptionIAMMember.js";
import { after } from "../after.ts";

export interface OutboundSubscriptionArgs {
  /** The project of the role hl7v2, its APIs enabled. */
  project: pulumi.Input<string>;
  /** The topic that is notified of new messages, `projects/PROJECT/topics/ID`. */
  topic: pulumi.Input<string>;
  /** The subscription's id. */
  subscription: pulumi.Input<string>;
  /** The adapter, as an IAM member. */
  subscriber: pulumi.Input<string>;
}

/**
 * The Pub/Sub subscription that announces messages to send, readable by the adapter only.
 *
 * Source: Pub/Sub API v1 `subscriptions`; the MLLP adapter's documentation on outgoing messages.
 */
export class OutboundSubscription extends pulumi.ComponentResource {
  /** The project that holds it. */
  declare readonly project: pulumi.Output<string>;
  /** The subscription's id, once the adapter may read it. */
  declare readonly subscription: pulumi.Output<string>;

  constructor(name: string, args: OutboundSubscriptionArgs, opts: pulumi.ComponentResourceOptions) {
    super("attested-fhir:hl7:OutboundSubscription", name, args, opts);
    const subscription = new Subscription(
      `${name}-subscription`,
      {
        project: args.project,
        topic: args.topic,
        name: args.subscription,
        ackDeadlineSeconds: 60,
        // By default, Pub/Sub deletes a subscription that is inactive for a month, and its messages with it.
        expirationPolicy: { ttl: "" },
      },
      { parent: this },
    );
    const subscriber = new SubscriptionIAMMember(
      `${name}-subscriber`,
      {
        project: args.project,
        subscription: subscription.name,
        role: "roles/pubsub.subscriber",
        member: args.subscriber,
      },
      { parent: this },
    );
    this.project = pulumi.output(args.project);
    this.subscription = after(subscription.name, [subscriber.role]);
    this.registerOutputs({ subscription: this.subscription });
  }
}
