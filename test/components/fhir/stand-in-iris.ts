import { appendFileSync, readFileSync, writeFileSync } from "node:fs";

/**
 * A stand-in for `iris session iris -U NAMESPACE`, as a program: it interprets the ObjectScript of a FHIR endpoint's settings, and
 * nothing else of IRIS. The directory STAND_INS holds the endpoint (`endpoint.json`), the simulated failure (`ailment`),
 * and the log of sessions (`sessions`).
 */

const { STAND_INS = "" } = process.env;
const file = (name: string) => `${STAND_INS}/${name}`;

interface Settings {
  DebugMode: number;
  OAuthClientName?: string;
}

interface Endpoint {
  readonly path: string;
  settings: Settings;
}

const endpoint = JSON.parse(readFileSync(file("endpoint.json"), "utf8")) as Endpoint;
const ailment = readFileSync(file("ailment"), "utf8");

/** The values of the session's variables. The settings are a copy, as in IRIS. */
const locals: { name?: string; endpoint?: string; strategy?: boolean; configData?: Settings } = {};

function environment(expression: string): string {
  return expression.replace(
    /\$SYSTEM\.Util\.GetEnviron\("(\w+)"\)/,
    (_, name: string) => process.env[name] ?? "",
  );
}

function held<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("<INVALID OREF>");
  return value;
}

type Statement = readonly [pattern: RegExp, run: (operand: string) => void];

const STATEMENTS: readonly Statement[] = [
  // Namespaces, TLS configurations and OAuth 2.0 definitions are IRIS's own: nothing of them is interpreted.
  [
    /^(?:set \$namespace|if '|set (?:issuer|rows|server|discovered|client)|if discovered|do client)/,
    () => undefined,
  ],
  [/^set name = (.+)$/, (value) => (locals.name = environment(value))],
  [
    /^set configData\.OAuthClientName = name$/,
    () => {
      held(locals.configData).OAuthClientName = held(locals.name);
    },
  ],
  [/^set endpoint = (.+)$/, (value) => (locals.endpoint = environment(value))],
  [
    /^set strategy = ##class\(HS\.FHIRServer\.API\.InteractionsStrategy\)\.GetStrategyForEndpoint\(endpoint\)$/,
    () => {
      if (locals.endpoint === endpoint.path) locals.strategy = true;
    },
  ],
  [
    /^set configData = strategy\.GetServiceConfigData\(\)$/,
    () => {
      held(locals.strategy);
      locals.configData = { ...endpoint.settings };
    },
  ],
  [
    /^set configData\.DebugMode = \+(.+)$/,
    (value) => {
      held(locals.configData).DebugMode = Number(environment(value));
    },
  ],
  [
    /^do strategy\.SaveServiceConfigData\(configData\)$/,
    () => {
      held(locals.strategy);
      if (ailment !== "forgetful") endpoint.settings = held(locals.configData);
    },
  ],
  [
    /^kill strategy, configData$/,
    () => {
      delete locals.strategy;
      delete locals.configData;
    },
  ],
  [
    /^write !, (.+), !$/,
    (expression) => {
      const said = expression
        .replace("configData.DebugMode", () => `"${held(locals.configData).DebugMode}"`)
        .replace("configData.OAuthClientName", () => `"${held(locals.configData).OAuthClientName ?? ""}"`)
        .replaceAll(/"_"|^"|"$/g, "");
      console.log(`\n${said}`);
    },
  ],
];

function run(line: string): void {
  const [pattern, execute] = STATEMENTS.find(([known]) => known.test(line)) ?? [];
  if (pattern === undefined || execute === undefined) throw new Error("<SYNTAX>");
  execute(pattern.exec(line)?.[1] ?? "");
}

appendFileSync(file("sessions"), `${process.argv.slice(2).join(" ")}\n`);
if (ailment === "unlicensed") {
  console.log("<LICENSE LIMIT EXCEEDED> for user irisowner with token SECRET");
  process.exit(1);
}
for (const line of readFileSync(0, "utf8").trim().split("\n")) {
  if (line === "halt") break;
  process.stdout.write("\nUSER>");
  try {
    run(line);
  } catch (error) {
    // A terminal session continues after an error.
    console.log((error as Error).message);
  }
}
writeFileSync(file("endpoint.json"), JSON.stringify(endpoint));
