import assert from "node:assert/strict";
import { statSync, utimesSync } from "node:fs";
import { breakGlassModeFile, smartModeFile } from "../../../components/fhir/access-mode.ts";
import {
  accessConfigMap,
  scriptsConfigMap,
  settingsCommand,
  settingsEnvironment,
} from "../../../components/fhir/endpoint-settings.ts";
import { WatchedEndpoint } from "./watched-endpoint.ts";

const NOON = "2026-09-30T12:00:00Z";
const ONE = "2026-09-30T13:00:00Z";
const OPEN_UNTIL_ONE = breakGlassModeFile(ONE, 0);

describe("the endpoint's settings script", () => {
  let endpoint: WatchedEndpoint;

  /** An endpoint with a DebugMode, at noon. */
  function withDebugMode(debugMode: number, path?: string): WatchedEndpoint {
    endpoint = new WatchedEndpoint(debugMode, path).at(NOON);
    return endpoint;
  }

  const logged = (...texts: string[]) => texts.map((text) => `${NOON} endpoint-settings: ${text}`);
  const WATCHING = logged(`watching FILE for /intersystems/fhir/r5`);
  /** A log without the directory of this run. */
  const withoutDirectory = (lines: readonly string[]) =>
    lines.map((line) => line.replace(`${endpoint.directory}/access`, "FILE"));

  afterEach(() => {
    endpoint.dispose();
  });

  it("reads the settings, changes DebugMode and saves them, once, and says so", async () => {
    withDebugMode(5).setMode(smartModeFile(0));
    assert.deepEqual(withoutDirectory(await endpoint.watch()), [
      ...WATCHING,
      ...logged("DebugMode 0 is in force: the access mode is smart"),
    ]);
    assert.equal(endpoint.debugMode, 0);
    assert.deepEqual(await endpoint.resume(), []);
    assert.deepEqual(endpoint.sessions, ["session iris -U USER"]);
  });

  it("opens the endpoint while break-glass lasts, and goes back to the stack's own DebugMode", async () => {
    withDebugMode(0).setMode(smartModeFile(4));
    await endpoint.watch();
    assert.equal(endpoint.debugMode, 4);
    endpoint.setMode(OPEN_UNTIL_ONE);
    assert.deepEqual(
      await endpoint.resume(),
      logged(`DebugMode 7 is in force: the access mode is breakGlass until ${ONE}`),
    );
    assert.equal(endpoint.debugMode, 7);
    endpoint.setMode(smartModeFile(4));
    assert.deepEqual(await endpoint.resume(), logged("DebugMode 4 is in force: the access mode is smart"));
    assert.equal(endpoint.debugMode, 4);
  });

  it("closes the endpoint by itself when break-glass expires, to the second", async () => {
    withDebugMode(0).setMode(breakGlassModeFile(ONE, 2));
    await endpoint.watch();
    endpoint.at("2026-09-30T12:59:59Z");
    assert.deepEqual(await endpoint.resume(), []);
    assert.equal(endpoint.debugMode, 7);
    endpoint.at(ONE);
    assert.deepEqual(await endpoint.resume(), [
      `${ONE} endpoint-settings: DebugMode 2 is in force: breakGlass expired at ${ONE}`,
    ]);
    assert.equal(endpoint.debugMode, 2);
    endpoint.at("2026-10-01T00:00:00Z");
    assert.deepEqual(await endpoint.resume(), []);
  });

  it("stays open where break-glass is renewed in time", async () => {
    withDebugMode(0).setMode(OPEN_UNTIL_ONE);
    await endpoint.watch();
    endpoint.setMode(breakGlassModeFile("2026-09-30T14:00:00Z", 0)).at(ONE);
    assert.deepEqual(await endpoint.resume(), []);
    assert.equal(endpoint.debugMode, 7);
  });

  it("closes an endpoint that was left open when its server stopped", async () => {
    withDebugMode(7).setMode(OPEN_UNTIL_ONE).at("2026-09-30T13:00:01Z");
    await endpoint.watch();
    assert.equal(endpoint.debugMode, 0);
  });

  const INVALID_MODES: readonly (readonly [string, string | undefined])[] = [
    ["is absent", undefined],
    ["is empty", ""],
    ["is open without an end", "breakGlass debugMode=7\n"],
    ["is open under the name of smart", "smart debugMode=7\n"],
    ["has another line", `${smartModeFile(4)}${OPEN_UNTIL_ONE}`],
    ["has a time of another form", "breakGlass debugMode=7 until=2026-09-30T15:00:00+02:00 afterwards=0\n"],
    ["goes on to a shell", "breakGlass debugMode=7 until=$(date) afterwards=0\n"],
  ];
  for (const [why, mode] of INVALID_MODES) {
    it(`closes the endpoint where the access mode ${why}`, async () => {
      withDebugMode(7).setMode(mode);
      const lines = await endpoint.watch();
      assert.match(
        lines[1] ?? "",
        /DebugMode 0 is in force: (?:no access mode is set|the access mode is not valid)$/,
      );
      assert.equal(endpoint.debugMode, 0);
    });
  }

  it("closes the endpoint when the access mode is removed", async () => {
    withDebugMode(0).setMode(OPEN_UNTIL_ONE);
    await endpoint.watch();
    endpoint.setMode(undefined);
    assert.deepEqual(await endpoint.resume(), logged("DebugMode 0 is in force: no access mode is set"));
    assert.equal(endpoint.debugMode, 0);
  });

  describe("while IRIS fails", () => {
    const failed = (debugMode: number, why: string, fault: string) =>
      logged(`DebugMode ${debugMode} could not be set, retrying in 5 s: ${why}; ${fault}`);

    it("tries again until it succeeds, and logs no more of IRIS than its error codes", async () => {
      withDebugMode(5).setMode(smartModeFile(0)).ail("unlicensed");
      const failure = failed(0, "the access mode is smart", "iris exited with 1 <LICENSE LIMIT EXCEEDED>");
      assert.deepEqual(withoutDirectory(await endpoint.watch()), [...WATCHING, ...failure]);
      assert.deepEqual(await endpoint.resume(), failure);
      endpoint.ail("");
      assert.deepEqual(await endpoint.resume(), logged("DebugMode 0 is in force: the access mode is smart"));
      assert.equal(endpoint.debugMode, 0);
    });

    it("relies on what IRIS reads back, not on the session's exit code", async () => {
      withDebugMode(5).setMode(smartModeFile(0)).ail("forgetful");
      const lines = await endpoint.watch();
      assert.deepEqual(lines.slice(1), failed(0, "the access mode is smart", "iris exited with 0"));
    });

    it("says which error IRIS had, as where the endpoint is not installed", async () => {
      withDebugMode(5, "/fhir/r4").setMode(smartModeFile(0));
      const lines = await endpoint.watch();
      assert.deepEqual(
        lines.slice(1),
        failed(0, "the access mode is smart", "iris exited with 0 <INVALID OREF>"),
      );
    });

    it("does not wait for an IRIS that does not answer", async () => {
      withDebugMode(5).setMode(smartModeFile(0)).ail("deaf");
      const lines = await endpoint.watch();
      assert.deepEqual(lines.slice(1), failed(0, "the access mode is smart", "iris exited with 124"));
    });

    it("makes the server unready while the endpoint may be open although it should be closed", async () => {
      withDebugMode(0).setMode(OPEN_UNTIL_ONE);
      await endpoint.watch();
      assert.equal(endpoint.known, true);
      endpoint.at(ONE).ail("unlicensed");
      await endpoint.resume();
      assert.deepEqual([endpoint.debugMode, endpoint.known], [7, false]);
      endpoint.ail("");
      await endpoint.resume();
      assert.deepEqual([endpoint.debugMode, endpoint.known], [0, true]);
    });

    it("keeps a server unready whose DebugMode is unknown, even where it is to be opened", async () => {
      withDebugMode(0).setMode(OPEN_UNTIL_ONE).ail("unlicensed");
      await endpoint.watch();
      assert.equal(endpoint.known, false);
    });

    it("keeps the server ready where only opening fails, and completes an unfinished change", async () => {
      withDebugMode(5).setMode(smartModeFile(0));
      await endpoint.watch();
      endpoint.setMode(OPEN_UNTIL_ONE).ail("forgetful");
      await endpoint.resume();
      assert.equal(endpoint.known, true);
      const before = endpoint.sessions.length;
      endpoint.setMode(smartModeFile(0)).ail("");
      assert.deepEqual(await endpoint.resume(), logged("DebugMode 0 is in force: the access mode is smart"));
      assert.equal(endpoint.sessions.length, before + 1);
    });
  });

  it("sets the OAuth client once, and tries again until IRIS reads it back", async () => {
    const named = new WatchedEndpoint(0, "/intersystems/fhir/r5", {
      OAUTH_CLIENT_NAME: "smart-on-fhir",
      OAUTH_ISSUER: "https://login.example/",
    });
    try {
      named.at(NOON).setMode(smartModeFile(0)).ail("forgetful");
      const [, , failed = ""] = await named.watch();
      assert.match(failed, /OAuth client smart-on-fhir could not be set, retrying/);
      named.ail("");
      const lines = await named.resume();
      assert.ok(
        lines.some((line) =>
          line.endsWith("OAuth client smart-on-fhir of https://login.example/ is in force"),
        ),
      );
      assert.equal(named.oauthClient, "smart-on-fhir");
      const before = named.sessions.length;
      await named.resume();
      assert.equal(named.sessions.length, before);
    } finally {
      named.dispose();
    }
  });

  it("is not ready before the mode in force is known, nor once its state file is stale", async () => {
    withDebugMode(5).setMode(smartModeFile(0)).ail("unlicensed");
    assert.equal(await endpoint.exit("ready"), 1);
    await endpoint.watch();
    assert.equal(await endpoint.exit("ready"), 1);
    endpoint.ail("");
    await endpoint.resume();
    assert.equal(await endpoint.exit("ready"), 0);
    const before = new Date(Date.now() - 3 * 60_000);
    utimesSync(endpoint.inForce, before, before);
    assert.equal(await endpoint.exit("ready"), 1);
    await endpoint.resume();
    assert.equal(await endpoint.exit("ready"), 0);
    assert.ok(statSync(endpoint.inForce).mtime > before);
  });

  it("resets the mode in force before the server restarts", async () => {
    withDebugMode(0).setMode(smartModeFile(0));
    await endpoint.watch();
    assert.equal(await endpoint.exit("reset"), 0);
    assert.equal(await endpoint.exit("ready"), 1);
    assert.equal(await endpoint.exit("reset"), 0);
  });

  it("watches in the background once IRIS has started, with a log of the container's", async () => {
    withDebugMode(5).setMode(smartModeFile(0));
    assert.deepEqual(withoutDirectory(await endpoint.start()), [
      ...WATCHING,
      ...logged("DebugMode 0 is in force: the access mode is smart"),
    ]);
    endpoint.setMode(OPEN_UNTIL_ONE);
    await endpoint.resume();
    assert.equal(endpoint.debugMode, 7);
  });

  it("prints its usage for unknown arguments", async () => {
    withDebugMode(0);
    assert.equal(await endpoint.exit("open"), 2);
  });
});

describe("the scripts' ConfigMap", () => {
  it("is named after its content, and holds both scripts", () => {
    const { name, data } = scriptsConfigMap("coruscanthealth");
    assert.match(name, /^coruscanthealth-scripts-[0-9a-f]{10}$/);
    assert.deepEqual(Object.keys(data), [
      "endpoint-settings.sh",
      "set-debug-mode.txt",
      "set-oauth-client.txt",
    ]);
    assert.equal(scriptsConfigMap("coruscanthealth").name, name);
  });

  it("reads the settings, sets DebugMode and saves, in this order: the story's own loses the setting", () => {
    const [read, set, save] = [
      "set configData = strategy.GetServiceConfigData()",
      'set configData.DebugMode = +$SYSTEM.Util.GetEnviron("FHIR_DEBUG_MODE")',
      "do strategy.SaveServiceConfigData(configData)",
    ];
    const lines = scriptsConfigMap("s").data["set-debug-mode.txt"].trimEnd().split("\n");
    assert.deepEqual(lines, [
      'set endpoint = $SYSTEM.Util.GetEnviron("FHIR_BASE_PATH")',
      "set strategy = ##class(HS.FHIRServer.API.InteractionsStrategy).GetStrategyForEndpoint(endpoint)",
      read,
      set,
      save,
      "kill strategy, configData",
      "set strategy = ##class(HS.FHIRServer.API.InteractionsStrategy).GetStrategyForEndpoint(endpoint)",
      read,
      'write !, "DEBUG-MODE-"_"IN-FORCE="_configData.DebugMode_";", !',
      "halt",
    ]);
  });

  it("names the OAuth client at the endpoint after the client is saved, and reads it back", () => {
    const text = scriptsConfigMap("s").data["set-oauth-client.txt"];
    const order = [
      "%SYS.OAuth2.Registration).Discover(issuer, name, .server)",
      "do client.%Save()",
      "set configData.OAuthClientName = name",
      "do strategy.SaveServiceConfigData(configData)",
      'write !, "OAUTH-CLIENT-"_"IN-FORCE="_configData.OAuthClientName_";", !',
    ].map((line) => text.indexOf(line));
    assert.ok(order.every((place, index) => place > (order[index - 1] ?? -1)));
    assert.doesNotMatch(text, /OAUTH-CLIENT-IN-FORCE/);
  });

  it("never contains the sign of success as such, which a terminal could echo", () => {
    assert.doesNotMatch(scriptsConfigMap("s").data["set-debug-mode.txt"], /DEBUG-MODE-IN-FORCE/);
  });
});

describe("the environment of the settings script", () => {
  it("names the endpoint, the mounted file of the access mode, and the directory of its state", () => {
    assert.equal(accessConfigMap("coruscanthealth"), "coruscanthealth-access");
    assert.deepEqual(settingsCommand("start"), [
      "/bin/bash",
      "/opt/endpoint-settings/endpoint-settings.sh",
      "start",
    ]);
    assert.deepEqual(settingsEnvironment("/fhir/r5", "FHIR"), [
      { name: "FHIR_BASE_PATH", value: "/fhir/r5" },
      { name: "IRIS_NAMESPACE", value: "FHIR" },
      { name: "ACCESS_MODE_FILE", value: "/etc/endpoint-settings/access" },
      { name: "SETTINGS_STATE", value: "/run/endpoint-settings" },
    ]);
  });

  it("names the OAuth client and its issuer where the stack has one", () => {
    const oauthClient = { name: "smart-on-fhir", issuer: "https://login.example/" };
    assert.deepEqual(settingsEnvironment("/fhir/r5", "FHIR", oauthClient).slice(4), [
      { name: "OAUTH_CLIENT_NAME", value: "smart-on-fhir" },
      { name: "OAUTH_ISSUER", value: "https://login.example/" },
    ]);
  });
});
