import assert from "node:assert/strict";
import { readCommandLine, USAGE } from "../../../preview/commands/command-line.ts";
import { UserError } from "../../../preview/user-error.ts";

describe("The command line", () => {
  it("says what to preview and how", () => {
    assert.deepEqual(readCommandLine(["--stack", "dev"]), {
      stack: "dev",
      embedded: false,
      engine: false,
      overrides: [],
      refresh: false,
      noState: false,
      verbose: false,
    });
    const all = [
      "-s",
      "dev",
      "--json",
      "r.json",
      "--config",
      "a.b=1",
      "--config=c=d",
      "--step",
      "deny-all",
      "--policy-pack-config",
      "p.json",
      "--no-state",
      "--verbose",
    ];
    assert.deepEqual(readCommandLine(all), {
      stack: "dev",
      embedded: false,
      engine: false,
      json: "r.json",
      overrides: [
        { path: ["a", "b"], value: 1 },
        { path: ["c"], value: "d" },
      ],
      step: "deny-all",
      policyPackConfigFile: "p.json",
      refresh: false,
      noState: true,
      verbose: true,
    });
  });

  it("asks to read the real state of the world only where there is a state", () => {
    assert.equal(readCommandLine(["--stack", "dev", "--refresh"])?.refresh, true);
    assert.throws(
      () => readCommandLine(["--stack", "dev", "--no-state", "--refresh"]),
      /^UserError: --refresh reads the real state of the world .* --no-state does without\.$/,
    );
  });

  it("may do without the engine, which then has no world to read", () => {
    assert.equal(readCommandLine(["--stack", "dev", "--embedded"])?.embedded, true);
    assert.throws(
      () => readCommandLine(["--stack", "dev", "--embedded", "--refresh"]),
      new UserError("--refresh reads the real state of the world, which --embedded cannot."),
    );
  });

  it("may insist on the engine, and not on both modes", () => {
    assert.equal(readCommandLine(["--stack", "dev", "--engine"])?.engine, true);
    assert.throws(
      () => readCommandLine(["--stack", "dev", "--engine", "--embedded"]),
      new UserError(
        "--embedded does without Pulumi's engine, which --engine asks for: leave out one of them.",
      ),
    );
  });

  it("may name another program, whose stack is dev unless it is said", () => {
    const command = readCommandLine(["--program", "elsewhere"]);
    assert.deepEqual([command?.program, command?.stack], ["elsewhere", "dev"]);
    assert.equal(readCommandLine(["--program", "elsewhere", "--stack", "prod"])?.stack, "prod");
  });

  it("may ask for help", () => {
    assert.equal(readCommandLine(["--help"]), undefined);
    assert.equal(readCommandLine(["-h", "--stack", "dev"]), undefined);
  });

  it("is answered with what is possible when it is anything else", () => {
    const refused = (args: string[], why: RegExp) => {
      assert.throws(
        () => readCommandLine(args),
        (error) => error instanceof UserError && why.test(error.message) && error.message.endsWith(USAGE),
      );
    };
    refused([], /^Which stack\?/);
    refused(["--stack", ""], /^Which stack\?/);
    refused(["--stack"], /^Option '-s, --stack <value>' argument missing/);
    refused(["--stack", "dev", "--step"], /^Option '--step <value>' argument missing/);
    refused(["--stakc", "dev"], /^Unknown option '--stakc'/);
    refused(["dev"], /^Unexpected argument 'dev'/);
  });

  it("takes --throwaway for --no-state, as it was called before", () => {
    assert.equal(readCommandLine(["--stack", "dev", "--throwaway"])?.noState, true);
  });
});
