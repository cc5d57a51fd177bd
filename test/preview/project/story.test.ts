import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { effectiveGrants } from "../../../infra/config/effective-grants.ts";
import { previewStack } from "../../../preview/commands/preview.ts";
import { UserError } from "../../../preview/user-error.ts";
import { readProject } from "../../../preview/project/project.ts";
import { readStory, resolveStep, type Story } from "../../../preview/project/story.ts";
import type { Toolchain } from "../../../preview/toolchain/find-toolchain.ts";
import { kindAt, theStory } from "../../story.ts";
import { toolchainOrSkip } from "../../toolchain.ts";
import { command, fixture, inTemporaryDirectory, loggedOut, run, write } from "../support.ts";

const NOW = new Date("2026-10-01T12:00:00.999Z");

const step = (name: string, set: Record<string, unknown>) => ({ name, title: `It is ${name}`, set });

const STORY: Story = {
  stack: "dev",
  steps: [
    step("asleep", { "bed.warm": true }),
    step("awake", { "bed.warm": false, alarm: "2 hours from now" }),
    step("up", { "bed.people[0]": { name: "Ada", leaves: "12 hours from now" } }),
  ],
};

const overridesAt = (name: string, stack = "dev") => resolveStep(STORY, { stack, step: name }, NOW).overrides;

describe("A step of a story", () => {
  it("has what the steps before it changed, and what it changes itself, in this order", () => {
    assert.deepEqual(overridesAt("asleep"), [{ path: ["bed", "warm"], value: true }]);
    assert.deepEqual(overridesAt("awake"), [
      { path: ["bed", "warm"], value: true },
      { path: ["bed", "warm"], value: false },
      { path: ["alarm"], value: "2026-10-01T14:00:00Z" },
    ]);
    assert.equal(resolveStep(STORY, { stack: "dev", step: "awake" }, NOW).step, STORY.steps[1]);
  });

  it("counts hours from the present, wherever in a value they stand, and takes everything else as it is", () => {
    assert.deepEqual(overridesAt("up").at(-1), {
      path: ["bed", "people", 0],
      value: { name: "Ada", leaves: "2026-10-02T00:00:00Z" },
    });
    const kept = fc.jsonValue().filter((value) => !JSON.stringify(value).includes("hours from now"));
    fc.assert(
      fc.property(kept, fc.nat({ max: 999 }), (value, hours) => {
        const steps = [step("one", { value, nested: [{ then: `${hours} hours from now` }] })];
        const { overrides } = resolveStep({ stack: "dev", steps }, { stack: "dev", step: "one" }, NOW);
        assert.deepEqual(overrides[0]?.value, value);
        const [{ then }] = overrides[1]?.value as [{ then: string }];
        assert.equal(Date.parse(then), Math.floor(NOW.getTime() / 1000) * 1000 + hours * 3_600_000);
      }),
    );
    for (const text of ["in 8 hours from now", "8 hours from now.", "1.5 hours from now", "hours from now"]) {
      const steps = [step("one", { text })];
      const { overrides } = resolveStep({ stack: "dev", steps }, { stack: "dev", step: "one" }, NOW);
      assert.equal(overrides[0]?.value, text);
    }
  });

  it("is refused by the names of the steps that there are", () => {
    assert.throws(
      () => overridesAt("aweke"),
      new UserError("step not found: aweke. Did you mean awake? The steps are: asleep, awake, up."),
    );
  });

  it("is refused for another stack than the story's, and taken for its own with an organization", () => {
    assert.throws(
      () => overridesAt("awake", "prod"),
      new UserError("--step awake: story.yaml is for --stack dev."),
    );
    assert.deepEqual(overridesAt("awake", "acme/things/dev"), overridesAt("awake"));
  });
});

describe("A story", () => {
  it("is read from beside the stack files", async () => {
    const { stack, steps } = await readStory(await readProject(fixture("things")));
    assert.deepEqual([stack, ...steps.map(({ name }) => name)], ["dev", "grown", "moved"]);
  });

  it("is refused where there is none, or something else", async () => {
    await inTemporaryDirectory(async (dir) => {
      await write(join(dir, "Pulumi.yaml"), "name: bare\nstackConfigDir: stacks\n");
      const refused = (why: RegExp) =>
        assert.rejects(async () => readStory(await readProject(dir)), {
          name: "UserError",
          message: new RegExp(`^${join("stacks", "story.yaml")} cannot be read: ${why.source}`, "s"),
        });
      const file = join(dir, "stacks", "story.yaml");
      await refused(/ENOENT/);
      await write(file, "stack: [}");
      await refused(/Flow sequence/);
      await write(file, "stack: dev\nsteps: []\n");
      await refused(/.*steps/);
      await write(file, "stack: dev\nsteps: [{ name: one, title: One, sets: {} }]\n");
      await refused(/.*sets/);
    });
  });
});

describe("The story of this repository", () => {
  let story: Story;

  before(async () => {
    story = await theStory();
  });

  const statesOf = ({ steps }: Story) => Promise.all(steps.map(({ name }) => kindAt(name, NOW)));

  it("is that of the stack kind, in the order of the story", () => {
    assert.equal(story.stack, "kind");
    assert.deepEqual(
      story.steps.map(({ name }) => name),
      [
        "registered",
        "deny-all",
        "break-glass",
        "grant-empire",
        "grant-payer",
        "right-record",
        "back-to-smart",
      ],
    );
  });

  it("is at each step a stack that may be built, and another one than before", async () => {
    const states = await statesOf(story);
    for (const [index, state] of states.entries()) {
      const earlier = states[index - 1];
      if (earlier) assert.ok(!isDeepStrictEqual(state, earlier), story.steps[index]?.name);
    }
  });

  it("denies, opens, grants and closes in this order", async () => {
    const states = (await statesOf(story)).map((state) => {
      const granted = effectiveGrants(state).map(({ org }) => org);
      return [state.denyAll, state.accessMode, granted.join(), state.fhirClients.payer?.patient];
    });
    assert.deepEqual(states, [
      [false, "smart", "", "AnakinSkywalker"],
      [true, "smart", "registration", "AnakinSkywalker"],
      [true, "breakGlass", "registration", "AnakinSkywalker"],
      [true, "breakGlass", "empire,registration", "AnakinSkywalker"],
      [true, "breakGlass", "empire,payer,registration", "AnakinSkywalker"],
      [true, "breakGlass", "empire,payer,registration", "DarthVader"],
      [true, "smart", "empire,payer,registration", "DarthVader"],
    ]);
  });

  it("ends as the stack's file says, but for who opened the endpoint", async () => {
    const { breakGlass, ...end } = await kindAt("back-to-smart", NOW);
    assert.deepEqual(end, await kindAt(undefined, NOW));
    assert.equal(breakGlass?.expiry, "2026-10-01T20:00:00Z");
  });

  it("begins with all that it changes later, so that it can be told again, whatever the file says", () => {
    const [first, ...later] = story.steps.map(({ set }) => new Set(Object.keys(set)));
    const changed = later.reduce((all, keys) => all.union(keys), new Set<string>());
    assert.deepEqual([...changed.difference(first ?? new Set())], ["breakGlass"]);
  });
});

describe("A preview of a step", function () {
  this.timeout(60_000);
  let toolchain: Toolchain;

  before(async function () {
    toolchain = await toolchainOrSkip(this);
  });

  const preview = (name: string, more = {}) =>
    inTemporaryDirectory((home) =>
      previewStack({
        root: fixture("things"),
        stack: "dev",
        toolchain,
        env: loggedOut(home),
        pulumiHome: home,
        signal: new AbortController().signal,
        step: name,
        validate: (_, { things }) => {
          const { grows, moves } = things as Record<string, { size: number; place: string }>;
          return { error: `grows ${String(grows?.size)}, moves ${String(moves?.place)}` };
        },
        ...more,
      }),
    );

  it("checks the stack as it is then, and what the command line changes on top of that", async () => {
    await assert.rejects(preview("grown"), new UserError("grows 5, moves left"));
    await assert.rejects(preview("moved"), new UserError("grows 5, moves right"));
    const overrides = [{ path: ["things", "grows", "size"], value: 7 }];
    await assert.rejects(preview("moved", { overrides }), new UserError("grows 7, moves right"));
  });

  it("says first which step it shows", async () => {
    const { notes } = await preview("moved", { validate: undefined });
    assert.equal(notes[0], "Step moved of the story: Another has moved as well.");
  });

  it("is what the command shows, by the step's name", async () => {
    await inTemporaryDirectory(async (dir) => {
      await mkdir(join(dir, "tmp"));
      const env = { ...loggedOut(join(dir, "home")), TMPDIR: join(dir, "tmp") };
      const { code, stdout, stderr } = await run(
        [command, "things", "--stack", "dev", "--step", "moved"],
        env,
      );
      assert.equal(code, 0, stderr);
      assert.match(stdout, /^Note: Step moved of the story: Another has moved as well\.$/m);
      const wrong = await run([command, "things", "--stack", "dev", "--step", "mvoed"], env);
      assert.deepEqual(wrong, {
        code: 2,
        stdout: "",
        stderr: "step not found: mvoed. Did you mean moved? The steps are: grown, moved.\n",
      });
    });
  });
});
