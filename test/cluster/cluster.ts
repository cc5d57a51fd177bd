import { setTimeout } from "node:timers/promises";
import { thrownMessage } from "../../preview/user-error.ts";
import { Client } from "./client.ts";
import { command, type Component, type Setting } from "./components.ts";
import type { Supervision } from "./supervision.ts";

/** Milliseconds that an API server may take until it is ready; on two idle cores it takes 3000. */
const PATIENCE = 60_000;

/** A running control plane. */
export class Cluster {
  /** Absolute path of the administrator's kubeconfig. It names no other file. */
  readonly kubeconfig: string;
  /** `https://127.0.0.1:PORT` */
  readonly server: string;
  /** The administrator's client. Fails at once, with the reason, when a component ends that `crash` did not end. */
  readonly client: Client;
  private readonly supervision: Supervision;
  private readonly setting: Setting;

  constructor(supervision: Supervision, setting: Setting, client: Client) {
    this.kubeconfig = setting.files.kubeconfig;
    this.server = client.server;
    this.client = client;
    this.supervision = supervision;
    this.setting = setting;
  }

  /** Kills a component the hard way (SIGKILL) and waits until it is gone. */
  async crash(component: Component): Promise<void> {
    await this.supervision.kill(component);
  }

  /**
   * Starts a component again, with the same data and on the same port; kills it before where it still runs.
   * The API server is ready when this resolves, another component only on its way.
   */
  async restart(component: Component): Promise<void> {
    await this.crash(component);
    await this.start(component);
  }

  /** What a component has written to its log so far. */
  log(component: Component): Promise<string> {
    return this.supervision.log(component);
  }

  /** Ends all components and removes their files; resolves when all are gone. Nothing happens the second time. */
  async stop(): Promise<void> {
    await this.supervision.stop();
  }

  /** Starts a component for the first time; see `restart`. */
  async start(component: Component): Promise<void> {
    await this.supervision.start(component, command(component, this.setting));
    if (component === "kube-apiserver") await this.untilReady();
  }

  private async untilReady(): Promise<void> {
    const timer = AbortSignal.timeout(PATIENCE);
    const stop = AbortSignal.any([timer, this.supervision.ended]);
    for (;;) {
      try {
        await this.client.text("/readyz");
        return;
      } catch (error) {
        this.supervision.ended.throwIfAborted();
        if (timer.aborted)
          throw new Error(`kube-apiserver is not ready after ${PATIENCE} ms: ${thrownMessage(error)}`);
      }
      // A server that does not listen yet has no event to wait for.
      await setTimeout(20, undefined, { signal: stop }).catch(() => undefined);
    }
  }
}
