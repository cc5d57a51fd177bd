import assert from "node:assert/strict";
import { readCommandLine, USAGE } from "../../../preview/commands/command-line.ts";
import { UserError } from "../../../preview/user-error.ts";

describe("The command line of npm run preview", () => {
  it("parses every option", () => {
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

  it("rejects --refresh with --no-state", () => {
    assert.equal(readCommandLine(["--stack", "dev", "--refresh"])?.refresh, true);
    assert.throws(
      () => readCommandLine(["--stack", "dev", "--no-state", "--refresh"]),
      /^UserError: --refresh refreshes the stack's state: it cannot be combined with --no-state\.$/,
    );
  });

  it("rejects --refresh with --embedded", () => {
    assert.equal(readCommandLine(["--stack", "dev", "--embedded"])?.embedded, true);
    assert.throws(
      () => readCommandLine(["--stack", "dev", "--embedded", "--refresh"]),
      new UserError("--refresh requires Pulumi's engine: it cannot be combined with --embedded."),
    );
  });

  it("rejects --engine with --embedded", () => {
    assert.equal(readCommandLine(["--stack", "dev", "--engine"])?.engine, true);
    assert.throws(
      () => readCommandLine(["--stack", "dev", "--engine", "--embedded"]),
      new UserError("--embedded and --engine exclude each other: leave out one of them."),
    );
  });

  it("defaults --stack to dev for another program", () => {
    const command = readCommandLine(["--program", "elsewhere"]);
    assert.deepEqual([command?.program, command?.stack], ["elsewhere", "dev"]);
    assert.equal(readCommandLine(["--program", "elsewhere", "--stack", "prod"])?.stack, "prod");
  });

  it("returns nothing for --help", () => {
    assert.equal(readCommandLine(["--help"]), undefined);
    assert.equal(readCommandLine(["-h", "--stack", "dev"]), undefined);
  });

  it("rejects everything else with the usage", () => {
    const refused = (args: string[], why: RegExp) => {
      assert.throws(
        () => readCommandLine(args),
        (error) => error instanceof UserError && why.test(error.message) && error.message.endsWith(USAGE),
      );
    };
    refused([], /^--stack NAME is required/);
    refused(["--stack", ""], /^--stack NAME is required/);
    refused(["--stack"], /^Option '-s, --stack <value>' argument missing/);
    refused(["--stack", "dev", "--step"], /^Option '--step <value>' argument missing/);
    refused(["--stakc", "dev"], /^Unknown option '--stakc'/);
    refused(["dev"], /^Unexpected argument 'dev'/);
  });

  it("accepts --throwaway as a deprecated alias of --no-state, and documents it in --help", () => {
    assert.equal(readCommandLine(["--stack", "dev", "--throwaway"])?.noState, true);
    assert.match(USAGE, /^ {2}--throwaway +deprecated alias of --no-state, removed in the next release$/m);
  });
});
