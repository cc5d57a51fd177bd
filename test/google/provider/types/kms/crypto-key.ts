import { objectsAt, textAt } from "../../../json.ts";
import type { Context, Lifecycle, ResourceType } from "../../lifecycle.ts";
import { computed, deletionPolicy, labelFields, optional, optionalComputed, required } from "../../schema.ts";
import { type Mapping, pick, standard } from "../../standard.ts";

const MAPPING: Mapping = {
  api: "kms",
  name: "{keyRing}/cryptoKeys/{name}",
  create: "{keyRing}/cryptoKeys?cryptoKeyId={name}",
  update: "PATCH",
  encode: (properties) => ({
    ...pick(properties, "cryptoKeyBackend", "destroyScheduledDuration", "importOnly", "purpose"),
    ...pick(properties, "keyAccessJustificationsPolicy", "rotationPeriod", "versionTemplate"),
    labels: properties.effectiveLabels ?? {},
  }),
  decode: ({ labels = {}, primary, ...key }) => ({
    ...key,
    effectiveLabels: labels,
    primaries: primary === undefined ? [] : [primary],
  }),
  remove: destroyVersions,
};

/** A key cannot be deleted: its versions are destroyed, and it no longer rotates. */
async function destroyVersions(id: string, { api }: Context): Promise<void> {
  const { cryptoKeyVersions = [] } = await api.send("kms", `GET ${id}/cryptoKeyVersions`);
  for (const version of objectsAt({ cryptoKeyVersions }, "cryptoKeyVersions")) {
    if (version.state === "ENABLED" || version.state === "DISABLED")
      await api.send("kms", `POST ${textAt(version, "name") ?? ""}:destroy`, {});
  }
  const key = await api.send("kms", `GET ${id}`);
  if (key.rotationPeriod !== undefined)
    await api.send("kms", `PATCH ${id}?updateMask=rotationPeriod,nextRotationTime`, {});
}

/** What the API takes as a parameter rather than in the body. */
const lifecycle: Lifecycle = {
  ...standard(MAPPING),
  create: (properties, context) => {
    const skips = properties.skipInitialVersionCreation === true ? "&skipInitialVersionCreation=true" : "";
    return standard({ ...MAPPING, create: MAPPING.create + skips }).create(properties, context);
  },
};

export const cryptoKey: ResourceType = {
  token: "gcp:kms/cryptoKey:CryptoKey",
  evidence: { plan: "recorded", replaces: "recorded", lifecycle: "recorded" },
  timeouts: { create: 20, delete: 20, update: 20 },
  fields: {
    cryptoKeyBackend: optionalComputed({ replaces: true }),
    deletionPolicy,
    destroyScheduledDuration: optionalComputed({ replaces: true }),
    importOnly: optionalComputed({ replaces: true, zero: false }),
    keyAccessJustificationsPolicy: optionalComputed({ shape: "block" }),
    keyRing: required({ replaces: true }),
    name: optional({ autonamed: true, replaces: true }),
    primaries: computed({ shape: "list" }),
    purpose: optional({ default: "ENCRYPT_DECRYPT", replaces: true }),
    rotationPeriod: optional(),
    skipInitialVersionCreation: optional({ local: true }),
    versionTemplate: optionalComputed({
      shape: "block",
      fields: {
        algorithm: required(),
        protectionLevel: optional({ default: "SOFTWARE" }),
      },
    }),
    ...labelFields(),
  },
  lifecycle,
};
