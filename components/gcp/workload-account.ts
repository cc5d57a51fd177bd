import * as pulumi from "@pulumi/pulumi";
import { IAMMember as ProjectMember } from "@pulumi/gcp/projects/iammember.js";
import { Account } from "@pulumi/gcp/serviceaccount/account.js";
import { IAMMember as AccountMember } from "@pulumi/gcp/serviceaccount/iammember.js";
import { after } from "../after.ts";

export interface WorkloadAccountArgs {
  /** The project of the cluster, its APIs enabled. */
  project: pulumi.Input<string>;
  /** Account id, 6 to 30 lowercase letters, digits and hyphens. */
  accountId: pulumi.Input<string>;
  /** Roles on the project, by a name of ours. */
  projectRoles: Readonly<Record<string, pulumi.Input<string>>>;
  /** The one Kubernetes service account that may impersonate it. */
  kubernetes: {
    /** The cluster's Workload Identity pool, `PROJECT.svc.id.goog`, once the cluster is there. */
    workloadPool: pulumi.Input<string>;
    namespace: pulumi.Input<string>;
    serviceAccount: pulumi.Input<string>;
  };
}

/**
 * The Google service account of a workload, which one Kubernetes service account impersonates by Workload Identity;
 * it has no key.
 *
 * Source: IAM API v1 `serviceAccounts`; GKE documentation, "Workload Identity Federation for GKE"; CIS GKE
 * Benchmark 5.2.2.
 */
export class WorkloadAccount extends pulumi.ComponentResource {
  /** The account as an IAM member, `serviceAccount:EMAIL`. */
  declare readonly member: pulumi.Output<string>;
  /** The account's email, once it has its roles and the workload may act for it. */
  declare readonly email: pulumi.Output<string>;

  constructor(name: string, args: WorkloadAccountArgs, opts: pulumi.ComponentResourceOptions) {
    super("attested-fhir:gcp:WorkloadAccount", name, args, opts);
    const { project, accountId, kubernetes } = args;
    const account = new Account(
      `${name}-account`,
      { project, accountId, displayName: name },
      { parent: this },
    );
    this.member = pulumi.interpolate`serviceAccount:${account.email}`;
    const roles = Object.entries(args.projectRoles).map(
      ([short, role]) =>
        new ProjectMember(`${name}-${short}`, { project, role, member: this.member }, { parent: this }),
    );
    const user = new AccountMember(
      `${name}-user`,
      {
        serviceAccountId: account.name,
        role: "roles/iam.workloadIdentityUser",
        member: pulumi.interpolate`serviceAccount:${kubernetes.workloadPool}[${kubernetes.namespace}/${kubernetes.serviceAccount}]`,
      },
      { parent: this },
    );
    this.email = after(account.email, [user.role, ...roles.map((role) => role.role)]);
    this.registerOutputs({ member: this.member, email: this.email });
  }
}
