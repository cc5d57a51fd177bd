import { optional, project, required } from "../../schema.ts";
import type { ResourceType } from "../../lifecycle.ts";
import { standard } from "../../standard.ts";

export const keyRing: ResourceType = {
  token: "gcp:kms/keyRing:KeyRing",
  evidence: { plan: "recorded", replaces: "recorded", lifecycle: "recorded" },
  timeouts: { create: 20, delete: 20 },
  fields: {
    location: required({ replaces: true }),
    name: optional({ autonamed: true, replaces: true }),
    project: project({ replaces: true }),
  },
  lifecycle: standard({
    api: "kms",
    name: "projects/{project}/locations/{location}/keyRings/{name}",
    create: "projects/{project}/locations/{location}/keyRings?keyRingId={name}",
    encode: () => ({}),
    decode: () => ({}),
    // Key rings cannot be deleted; the provider takes them out of the state (https://cloud.google.com/kms/docs/faq).
    remove: () => Promise.resolve(),
  }),
};
