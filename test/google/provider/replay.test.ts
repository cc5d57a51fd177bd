import fc from "fast-check";
import assert from "node:assert/strict";
import { describeWithDocuments } from "../documents.ts";
import { type Google, startGoogle } from "../index.ts";
import { isObject, type Json, type JsonObject, objectAt, textAt, without } from "../json.ts";
import { isOffline, type Recording, recordedSessions } from "./recordings.ts";
import { type Replay, startReplay } from "./replay.ts";
import { UNKNOWN_WIRE_VALUE } from "./values.ts";

const SESSIONS = recordedSessions(process.env.GCP_RECORDINGS_DIR);

/** What the plugin keeps for itself in the state: the engine hands it back unread, and the stand-in does without. */
function withoutBookkeeping(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutBookkeeping);
  if (!isObject(value)) return value;
  const kept = without(value, "__meta", "__pulumi_raw_state_delta");
  const parts = Object.entries(kept).map(([name, part]) => [name, withoutBookkeeping(part)] as const);
  return { ...Object.fromEntries(parts), ...timeouts(value) };
}

/** Of `__meta` the timeouts; the rest is the bookkeeping of Pulumi's bridge to Terraform. */
function timeouts({ __meta: meta }: JsonObject): JsonObject {
  if (typeof meta !== "string") return {};
  return without(JSON.parse(meta) as JsonObject, "_new_extra_shim", "schema_version");
}

function title({ method, request }: Recording): string {
  return `${method} ${textAt(request, "type") ?? ""} ${textAt(request, "name") ?? ""}`;
}

describe("the stand-in for the gcp plugin", () => {
  let replay: Replay;
  before(async () => {
    replay = await startReplay();
  });
  after(() => {
    replay.close();
  });

  const answers = async (recording: Recording) => {
    const answer = await replay.call(recording);
    assert.deepEqual(withoutBookkeeping(answer), withoutBookkeeping(recording.response), title(recording));
  };

  for (const { name, calls } of SESSIONS) {
    const offline = calls.filter(isOffline);
    it(`checks, compares and previews as the plugin was recorded to in ${name}`, async () => {
      assert.ok(offline.length > 0);
      for (const recording of offline) await answers(recording);
    });
  }

  it("answers with other projects and names when it is asked with other projects and names", async () => {
    const offline = SESSIONS.flatMap(({ calls }) => calls).filter(isOffline);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...offline),
        fc.stringMatching(/^[a-z][a-z0-9-]{4,18}[a-z0-9]$/),
        (call, word) => answers(renamed(call, word)),
      ),
      { numRuns: 300 },
    );
  });
});

describeWithDocuments("the stand-in for the gcp plugin against the simulated Google", (discoveryDir) => {
  const lived = SESSIONS.filter(({ calls }) => calls.some((call) => !isOffline(call)));
  let google: Google;
  let replay: Replay;
  beforeEach(async () => {
    replay = await startReplay("token");
  });
  afterEach(async () => {
    replay.close();
    await google.stop();
  });

  for (const { name, calls } of lived) {
    for (const prefix of ["local", "another-place"]) {
      it(`creates, reads, updates and deletes as the plugin was recorded to in ${name}, in projects of ${prefix}`, async () => {
        const projects = ["kms", "note", "attestor", "attestation"].map((role, index) => ({
          projectId: `${prefix}-${role}-project`,
          projectNumber: `10000000000${index}`,
        }));
        google = await startGoogle({ discoveryDir, projects });
        const decided = new Map<string, string>();
        for (const recorded of calls) {
          const { method, request, response } = replaceAll(recorded, "local-", `${prefix}-`);
          const sent = method === "Configure" ? configured(request, google) : withDecided(request, decided);
          const answer = await replay.call({ method, request: sent });
          if (method === "Configure") continue;
          learn(answer, response, decided);
          assert.deepEqual(
            withoutTimes(withoutBookkeeping(answer)),
            withoutTimes(withoutBookkeeping(withDecided(response, decided))),
            title(recorded),
          );
        }
      });
    }
  }
});

/** The recorded configuration with the endpoints of another simulated Google. */
function configured(request: JsonObject, { endpoints }: Google): JsonObject {
  const custom = Object.entries(endpoints).map(
    ([api, address]) => [`${api}CustomEndpoint`, address] as const,
  );
  return { ...request, args: { ...objectAt(request, "args"), ...Object.fromEntries(custom) } };
}

/** Notes the name that Google made up for an occurrence. */
function learn(answer: JsonObject, response: JsonObject, decided: Map<string, string>): void {
  const [ours, theirs] = [answer, response].map(
    ({ id }) => /occurrences\/([0-9a-f-]{36})$/.exec(typeof id === "string" ? id : "")?.[1],
  );
  if (ours !== undefined && theirs !== undefined) decided.set(theirs, ours);
}

function withDecided(value: JsonObject, decided: ReadonlyMap<string, string>): JsonObject {
  return [...decided].reduce((changed, [theirs, ours]) => replaceAll(changed, theirs, ours), value);
}

/** Times and etags are Google's to decide; that there are some is what counts. */
function withoutTimes(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutTimes);
  if (!isObject(value)) return value;
  const parts = Object.entries(value).map(([name, part]) => {
    const isGoogles =
      ["createTime", "updateTime", "etag"].includes(name) && typeof part === "string" && part !== "";
    return [name, isGoogles ? "decided by Google" : withoutTimes(part)] as const;
  });
  return Object.fromEntries(parts);
}

/** Puts another word in the place of each project's id and each name that a program chose. */
function renamed({ method, request, response }: Recording, word: string): Recording {
  const { type = "", urn = "", ...rest } = request;
  const sent = objectAt(rest, rest.news === undefined ? "properties" : "news");
  const names = ["project", "projectId", "name", "accountId", "keyRing", "note", "attestor", "cluster"]
    .map((field) => sent[field])
    .filter((value) => typeof value === "string")
    .filter((value) => /^[a-z][a-z0-9-]{2,}$/.test(value) && value !== UNKNOWN_WIRE_VALUE);
  const changed = [...new Set(names)].reduce<{ rest: JsonObject; response: JsonObject }>(
    (before, text, index) => replaceWord(before, text, `${word}-${index}`),
    { rest, response },
  );
  // Diff answers with the names of properties alone.
  const expected = method === "Diff" ? response : changed.response;
  return { method, request: { ...changed.rest, type, urn }, response: expected };
}

function replaceWord<Value extends object>(value: Value, text: string, by: string): Value {
  const whole = new RegExp(`(?<![\\w-])${text}(?![\\w-])`, "g");
  return replaceIn(value, (part) => part.replace(whole, by));
}

function replaceAll<Value extends object>(value: Value, text: string, by: string): Value {
  return replaceIn(value, (part) => part.replaceAll(text, by));
}

function replaceIn<Value extends object>(value: Value, change: (text: string) => string): Value {
  return JSON.parse(JSON.stringify(value), (_, part: unknown) =>
    typeof part === "string" ? change(part) : part,
  ) as Value;
}
