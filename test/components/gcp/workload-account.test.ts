import assert from "node:assert/strict";
import { WorkloadAccount } from "../../../components/gcp/workload-account.ts";
import { declared, known, type Options, Probe, waitingFor } from "../mocks.ts";

const EMAIL = "mllp-adapter@deployer-project.iam.gserviceaccount.com";

const account = (opts: Options) =>
  new WorkloadAccount(
    "workload",
    {
      project: "deployer-project",
      accountId: "mllp-adapter",
      projectRoles: { metrics: "roles/monitoring.metricWriter" },
      kubernetes: {
        workloadPool: "deployer-project.svc.id.goog",
        namespace: "hl7",
        serviceAccount: "adapter",
      },
    },
    opts,
  );

describe("WorkloadAccount", () => {
  it("declares an account without a key, which one Kubernetes service account may impersonate", async () => {
    const { inputs, result } = await declared(account);
    assert.deepEqual(inputs, {
      "gcp:serviceaccount/account:Account workload-account": {
        project: "deployer-project",
        accountId: "mllp-adapter",
        displayName: "workload",
      },
      "gcp:projects/iAMMember:IAMMember workload-metrics": {
        project: "deployer-project",
        role: "roles/monitoring.metricWriter",
        member: `serviceAccount:${EMAIL}`,
      },
      "gcp:serviceaccount/iAMMember:IAMMember workload-user": {
        serviceAccountId: `projects/deployer-project/serviceAccounts/${EMAIL}`,
        role: "roles/iam.workloadIdentityUser",
        member: "serviceAccount:deployer-project.svc.id.goog[hl7/adapter]",
      },
    });
    assert.equal(await known(result.member), `serviceAccount:${EMAIL}`);
    assert.equal(await known(result.email), EMAIL);
  });

  it("outputs its email only once it has its roles and may be impersonated", async () => {
    const program = (opts: Options) => {
      const { email, member } = account(opts);
      return [new Probe("workload-of-account", email, opts), new Probe("right", member, opts)];
    };
    for (const right of ["gcp:projects/iAMMember:IAMMember", "gcp:serviceaccount/iAMMember:IAMMember"]) {
      assert.deepEqual(await waitingFor(right, program), ["workload-of-account"]);
    }
  });
});
