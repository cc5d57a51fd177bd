import assert from "node:assert/strict";
import { scriptsConfigMap } from "../../../components/fhir/endpoint-settings.ts";
import { serverEndpoint, serverPodSpec } from "../../../components/fhir/fhir-server-spec.ts";
import { CONTAINER, POD, securityOfPod } from "./kubernetes.ts";

const pod = serverPodSpec({
  image: "image",
  serviceAccount: "account",
  claim: "claim",
  server: "coruscanthealth",
  basePath: "/fhir/r5",
  irisNamespace: "FHIR",
});
const [container] = pod.containers;

describe("the FHIR server as policies see it", () => {
  it("has the story's names by default, and the stack's where they are set", () => {
    assert.deepEqual(serverEndpoint({}), {
      name: "coruscanthealth",
      port: 52_773,
      basePath: "/intersystems/fhir/r5",
      labels: { org: "empire", class: "coruscanthealth", "app.kubernetes.io/name": "coruscanthealth" },
    });
    assert.deepEqual(serverEndpoint({ server: "records", org: "clinic", basePath: "/fhir/r4" }), {
      name: "records",
      port: 52_773,
      basePath: "/fhir/r4",
      labels: { org: "clinic", class: "records", "app.kubernetes.io/name": "records" },
    });
  });
});

describe("the FHIR server's pod", () => {
  it("runs as IRIS's own user, without a service account token, with a fixed hostname", () => {
    const { containers, initContainers, volumes, ...rest } = pod;
    assert.equal(containers.length + initContainers.length, 2);
    assert.equal(volumes.length, 6);
    assert.deepEqual(rest, {
      ...POD,
      serviceAccountName: "account",
      hostname: "coruscanthealth",
      terminationGracePeriodSeconds: 120,
      securityContext: {
        ...securityOfPod(51_773),
        fsGroup: 51_773,
        fsGroupChangePolicy: "OnRootMismatch",
      },
    });
  });

  it("starts IRIS without its check of capabilities, and the script with it", () => {
    assert.equal(container?.image, "image");
    assert.deepEqual(container.args, [
      "--check-caps",
      "false",
      "--ISCAgent",
      "false",
      "--before",
      "/bin/bash /opt/endpoint-settings/endpoint-settings.sh reset",
      "--after",
      "/bin/bash /opt/endpoint-settings/endpoint-settings.sh start",
    ]);
    assert.deepEqual(container.env, [
      { name: "ISC_DATA_DIRECTORY", value: "/data/iris" },
      { name: "FHIR_BASE_PATH", value: "/fhir/r5" },
      { name: "IRIS_NAMESPACE", value: "FHIR" },
      { name: "ACCESS_MODE_FILE", value: "/etc/endpoint-settings/access" },
      { name: "SETTINGS_STATE", value: "/run/endpoint-settings" },
    ]);
    assert.deepEqual(container.ports, [{ name: "fhir", containerPort: 52_773, protocol: "TCP" }]);
  });

  it("keeps to restricted containers, both of one image", () => {
    for (const one of [...pod.containers, ...pod.initContainers]) {
      assert.deepEqual(one.securityContext, CONTAINER);
      assert.equal(one.image, "image");
    }
  });

  it("copies what IRIS writes to besides its data from the image, and mounts the copies in their places", () => {
    const [copy] = pod.initContainers;
    assert.deepEqual(copy?.command, [
      "cp",
      "--archive",
      "--force",
      "/usr/irissys",
      "/home/irisowner",
      "/copy/",
    ]);
    assert.deepEqual(copy.volumeMounts, [{ name: "installation", mountPath: "/copy" }]);
    assert.deepEqual(container?.volumeMounts, [
      { name: "data", mountPath: "/data" },
      { name: "installation", mountPath: "/usr/irissys", subPath: "irissys" },
      { name: "installation", mountPath: "/home/irisowner", subPath: "irisowner" },
      { name: "tmp", mountPath: "/tmp" },
      { name: "state", mountPath: "/run/endpoint-settings" },
      { name: "scripts", mountPath: "/opt/endpoint-settings", readOnly: true },
      { name: "access", mountPath: "/etc/endpoint-settings", readOnly: true },
    ]);
  });

  it("mounts data that outlives it, and the optional directory of the access mode", () => {
    assert.deepEqual(pod.volumes, [
      { name: "data", persistentVolumeClaim: { claimName: "claim" } },
      { name: "installation", emptyDir: { sizeLimit: "10Gi" } },
      { name: "tmp", emptyDir: { sizeLimit: "1Gi" } },
      { name: "state", emptyDir: { medium: "Memory", sizeLimit: "1Mi" } },
      { name: "scripts", configMap: { name: scriptsConfigMap("coruscanthealth").name } },
      {
        name: "access",
        configMap: {
          name: "coruscanthealth-access",
          optional: true,
          items: [{ key: "access", path: "access" }],
        },
      },
    ]);
  });

  it("has probes on its port, is ready once its access mode is in force, and has resource limits", () => {
    assert.deepEqual(container?.startupProbe, {
      tcpSocket: { port: "fhir" },
      periodSeconds: 5,
      failureThreshold: 120,
    });
    assert.deepEqual(container.readinessProbe, {
      exec: { command: ["/bin/bash", "/opt/endpoint-settings/endpoint-settings.sh", "ready"] },
      periodSeconds: 5,
      timeoutSeconds: 5,
      failureThreshold: 2,
    });
    assert.deepEqual(container.livenessProbe, {
      tcpSocket: { port: "fhir" },
      periodSeconds: 20,
      failureThreshold: 6,
    });
    assert.deepEqual(container.resources, {
      requests: { cpu: "500m", memory: "2Gi" },
      limits: { cpu: "2", memory: "4Gi" },
    });
  });
});
