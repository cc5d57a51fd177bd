import assert from "node:assert/strict";
import { readlink } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import fc from "fast-check";
import { startOfflineProxy } from "../../../preview/engine/offline-proxy.ts";
import { createEphemeralBackend } from "../../../preview/engine/ephemeral-backend.ts";
import type { Environment, Toolchain } from "../../../preview/toolchain/find-toolchain.ts";
import { inTemporaryDirectory } from "../support.ts";

const toolchain: Toolchain = { source: "PATH", binDir: "/tools", pluginsDir: "/users/plugins" };

function environmentIn(env: Environment, use: (sealed: Environment, dir: string) => Promise<void> | void) {
  return inTemporaryDirectory(async (dir) => {
    const throwaway = await createEphemeralBackend(dir, "things", "dev", toolchain, env);
    try {
      await use(throwaway.env, dir);
    } finally {
      await throwaway.close();
    }
  });
}

/** How a proxy at this address answers, by status code. */
function statusOf(address: string, method: string, path: string): Promise<number | undefined> {
  const [host, port] = address.split(":");
  return new Promise((resolve, reject) => {
    const ask = request({ host, port, method, path });
    ask.on("response", (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    ask.on("connect", ({ statusCode }, socket) => {
      socket.destroy();
      resolve(statusCode);
    });
    ask.on("error", reject);
    ask.end();
  });
}

describe("A throwaway backend", () => {
  it("has an environment that leads to no account and no proxy of the user", () => {
    const user = {
      PULUMI_ACCESS_TOKEN: "t",
      PULUMI_BACKEND_URL: "s3://states",
      GOOGLE_APPLICATION_CREDENTIALS: "/key.json",
      CLOUDSDK_CONFIG: "/gcloud",
      KUBECONFIG: "/kube",
      KUBERNETES_SERVICE_HOST: "10.0.0.1",
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector",
      https_proxy: "http://proxy.corp",
      ALL_PROXY: "socks://proxy.corp",
      no_proxy: ".corp",
      PATH: "/bin",
      LANG: "C",
    };
    return environmentIn(user, (env, dir) => {
      assert.equal(env.PATH, "/bin");
      assert.equal(env.LANG, "C");
      for (const gone of [
        "PULUMI_ACCESS_TOKEN",
        "GOOGLE_APPLICATION_CREDENTIALS",
        "CLOUDSDK_CONFIG",
        "KUBERNETES_SERVICE_HOST",
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "ALL_PROXY",
      ]) {
        assert.equal(gone in env, false, gone);
      }
      assert.equal(env.PULUMI_BACKEND_URL, `file://${join(dir, "backend")}`);
      assert.match(env.https_proxy ?? "", /^http:\/\/127\.0\.0\.1:\d+$/);
      assert.doesNotMatch(JSON.stringify(env), /corp|users|\/key\.json/);
    });
  });

  it("takes nothing over from any variable that could lead out, however it is spelled", () => {
    const name = fc
      .tuple(
        fc.constantFrom(
          "PULUMI_",
          "google_",
          "Cloudsdk_",
          "KUBE",
          "GCE_",
          "AUTH0_",
          "x_PROXY",
          "proxy_proxy",
        ),
        fc.stringMatching(/^[A-Za-z]{0,6}$/),
      )
      .map(([prefix, rest]) => (/proxy$/i.test(prefix) ? `${rest}${prefix}` : `${prefix}${rest}`));
    return fc.assert(
      fc.asyncProperty(fc.dictionary(name, fc.constant("of the user"), { maxKeys: 5 }), (user) =>
        environmentIn(user, (env) => {
          assert.equal(Object.values(env).includes("of the user"), false);
        }),
      ),
      { numRuns: 30 },
    );
  });

  it("uses the plugins of the toolchain, and nothing else of that directory", () =>
    environmentIn({}, async (env, dir) => {
      assert.equal(env.PULUMI_HOME, join(dir, "home"));
      assert.equal(await readlink(join(dir, "home", "plugins")), "/users/plugins");
    }));
});

describe("The proxy that refuses", () => {
  it("answers every request and every connection at once, and ends", async () => {
    const proxy = await startOfflineProxy();
    assert.equal(await statusOf(proxy.address, "GET", "/computeMetadata/v1/"), 404);
    assert.equal(await statusOf(proxy.address, "CONNECT", "openidconnect.googleapis.com:443"), 404);
    await proxy.close();
    await assert.rejects(statusOf(proxy.address, "GET", "/"), { code: "ECONNREFUSED" });
  });
});
