import { execFile } from "node:child_process";
import { access, constants, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import { type Cluster, freePort, Supervision } from "../cluster/index.ts";
import { skipWithout } from "../toolchain/skip.ts";

const execute = promisify(execFile);

const PROGRAM = "gatekeeper-manager";
const WEBHOOK =
  "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/gatekeeper-validating-webhook-configuration";

/** The path of Gatekeeper's manager next to the programs of a cluster, for a suite that needs it. */
export async function managerOrSkip(suite: Mocha.Context, binDir: string): Promise<string> {
  const program = join(binDir, PROGRAM);
  try {
    await access(program, constants.X_OK);
    return program;
  } catch {
    return skipWithout(suite, PROGRAM, "next to the Pulumi CLI");
  }
}

/** Milliseconds that the manager may take until it is ready; on two idle cores it takes 3000. */
const PATIENCE = 60_000;

interface Ports {
  readonly webhook: number;
  readonly health: number;
  readonly metrics: number;
}

/**
 * Gatekeeper's real manager, as a process next to the API server instead of in pods, which kwok only plays: with the
 * webhook and audit that the chart's two Deployments run, and with the flags that the chart gives them.
 */
export class GatekeeperManager {
  private readonly supervision: Supervision;
  private readonly command: readonly string[];
  private readonly ports: Ports;
  private charts: readonly { service?: { path: string } }[] = [];

  private constructor(supervision: Supervision, command: readonly string[], ports: Ports) {
    this.supervision = supervision;
    this.command = command;
    this.ports = ports;
  }

  /** Starts the manager, and has the API server call it where the chart's webhook configuration names the Service. */
  static async start(program: string, cluster: Cluster): Promise<GatekeeperManager> {
    const supervision = await Supervision.begin();
    const { directory } = supervision;
    const ports = { webhook: await freePort(), health: await freePort(), metrics: await freePort() };
    await certificate(directory);
    await mkdir(join(directory, "audit"));
    const flags = [
      `--kubeconfig=${cluster.kubeconfig}`,
      "--debug-use-fake-pod",
      "--disable-cert-rotation",
      `--cert-dir=${directory}`,
      "--host=127.0.0.1",
      `--port=${ports.webhook}`,
      `--health-addr=127.0.0.1:${ports.health}`,
      `--prometheus-port=${ports.metrics}`,
      "--exempt-namespace=gatekeeper-system",
      "--audit-interval=2",
      `--api-cache-dir=${join(directory, "audit")}`,
      "--enable-external-data=false",
      "--default-create-vap-for-templates=false",
      "--default-create-vap-binding-for-constraints=false",
      ...["webhook", "audit", "status", "generate"].map((operation) => `--operation=${operation}`),
    ];
    const environment = ["POD_NAMESPACE=gatekeeper-system", `TMPDIR=${directory}`];
    const command = ["/usr/bin/env", ...environment, program, ...flags];
    const manager = new GatekeeperManager(supervision, command, ports);
    try {
      await manager.receiveAdmissionReviews(cluster);
      await manager.restart();
    } catch (error) {
      await supervision.stop();
      throw error;
    }
    return manager;
  }

  /** Kills the process and waits until it is gone: the webhook is down. */
  async crash(): Promise<void> {
    await this.supervision.kill(PROGRAM);
  }

  /** Starts it again on the same ports, and waits until it is ready. */
  async restart(): Promise<void> {
    await this.supervision.start(PROGRAM, this.command);
    const timeout = AbortSignal.timeout(PATIENCE);
    const signal = AbortSignal.any([timeout, this.supervision.ended]);
    while (!(await this.isReady())) {
      if (timeout.aborted)
        throw new Error(`${PROGRAM} is not ready after ${PATIENCE} ms:\n${await this.log()}`);
      this.supervision.ended.throwIfAborted();
      // A server that does not listen yet has no event to wait for.
      await setTimeout(50, undefined, { signal }).catch(() => undefined);
    }
  }

  private async isReady(): Promise<boolean> {
    try {
      return (await fetch(`http://127.0.0.1:${this.ports.health}/readyz`)).ok;
    } catch {
      return false;
    }
  }

  log(): Promise<string> {
    return this.supervision.log(PROGRAM);
  }

  async stop(): Promise<void> {
    await this.supervision.stop();
  }

  /** Has the API server call the manager where the chart's webhook configuration names the Service. */
  async receiveAdmissionReviews({ client }: Cluster): Promise<void> {
    const { webhooks } = (await client.waitFor(WEBHOOK, () => true)) as unknown as {
      webhooks: readonly { clientConfig: { service?: { path: string } } }[];
    };
    this.charts = webhooks.map(({ clientConfig }) => clientConfig);
    const caBundle = await readFile(join(this.supervision.directory, "tls.crt"), "base64");
    const clients = this.charts.map(({ service }) => {
      if (service === undefined) throw new Error(`${WEBHOOK} names no Service`);
      return { url: `https://127.0.0.1:${this.ports.webhook}${service.path}`, caBundle };
    });
    await client.patch(WEBHOOK, replaced(clients), "json");
  }

  /** Leaves the webhook configuration as the chart has it, so that Helm can update it: the API server finds no webhook. */
  async restoreWebhooks({ client }: Cluster): Promise<void> {
    await client.patch(WEBHOOK, replaced(this.charts), "json");
  }
}

/** The changes that give each webhook its client configuration. */
function replaced(clients: readonly object[]): object[] {
  return clients.map((value, index) => ({ op: "replace", path: `/webhooks/${index}/clientConfig`, value }));
}

async function certificate(directory: string): Promise<void> {
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  const files = ["-keyout", join(directory, "tls.key"), "-out", join(directory, "tls.crt")];
  const subject = ["-subj", "/CN=gatekeeper", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"];
  await execute("openssl", ["req", "-x509", ...key, ...files, ...subject]);
}
