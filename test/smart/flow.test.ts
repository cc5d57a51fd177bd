import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { copyFile, writeFile } from "node:fs/promises";
import { Agent, request } from "node:https";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type Browser, chromium, type Page } from "playwright-core";
import { breakGlassModeFile, smartModeFile } from "../../components/fhir/access-mode.ts";
import { contentSecurityPolicy, smartUiConfig, UI_PATHS } from "../../components/smart/smart-ui-config.ts";
import { GATEWAY_PATHS, webGatewayConfig } from "../../components/smart/web-gateway-config.ts";
import { freePort, Supervision } from "../cluster/index.ts";
import { WatchedEndpoint } from "../components/fhir/watched-endpoint.ts";
import { type FhirServer, fhirServerOrSkip, startFhirServer } from "../fhir-server/index.ts";
import { ask } from "../socket-http.ts";
import { CertificateAuthority } from "./certificates.ts";
import { Issuer } from "./issuer.ts";
import { placeGateway, placeUi, PROGRAMS, programsOrSkip, startServer, testConfig } from "./servers.ts";
import { TokenVerifier } from "./token-verifier.ts";

const BASE_PATH = "/smart/fhir/r5";
const AUDIENCE = "https://localhost/smart/fhir/r5";
const SCOPES = ["user/Patient.rs", "user/Observation.rs"];
const CLIENT_ID = "smart-app";
const NOON = "2026-09-30T12:00:00Z";
const ONE = "2026-09-30T13:00:00Z";
const VADER = JSON.stringify({ resourceType: "Patient", id: "DarthVader", gender: "male" });

/** What the gateway, or the app's server, answers. */
interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

describe("SMART on FHIR through real browser, nginx, Apache and FHIR server", function () {
  this.timeout(120_000);
  let supervision: Supervision;
  let ca: CertificateAuthority;
  let endpoint: WatchedEndpoint;
  let fhir: FhirServer;
  let issuer: Issuer;
  let verifier: TokenVerifier;
  let browser: Browser;
  let settings: string;
  const port = { ui: 0, gateway: 0, issuer: 0 };
  const closing: (() => unknown)[] = [];

  before(async function () {
    await programsOrSkip(this, "nginx", "apache2", "chromium");
    const classpath = await fhirServerOrSkip(this);
    supervision = await Supervision.begin();
    closing.push(() => supervision.stop());
    ca = await CertificateAuthority.create(join(supervision.directory, "ca"));
    for (const name of Object.keys(port) as (keyof typeof port)[]) port[name] = await freePort();
    await startIssuer();
    await startFhir(classpath);
    await startGateway();
    await startUi();
    browser = await chromium.launch({ executablePath: PROGRAMS.chromium, args: ["--no-sandbox"] });
    closing.push(() => browser.close());
  });

  after(async () => {
    for (const close of closing.reverse()) await close();
  });

  const appOrigin = () => `https://localhost:${port.ui}`;

  async function startIssuer(): Promise<void> {
    const tls = join(supervision.directory, "issuer-tls");
    await ca.issue(tls, "127.0.0.1");
    const app = { appOrigin: appOrigin(), clientId: CLIENT_ID };
    issuer = await Issuer.start({ tls, port: port.issuer, audience: AUDIENCE, scopes: SCOPES, ...app });
    closing.push(() => issuer.down());
    const { url, jwksUri } = issuer;
    const options = { issuer: url, jwksUri, audience: AUDIENCE, ca: readFileSync(ca.certificate) };
    verifier = await TokenVerifier.start(options);
    closing.push(() => verifier.stop());
  }

  async function startFhir(classpath: string): Promise<void> {
    endpoint = new WatchedEndpoint(0, BASE_PATH, { FHIR_BASE_PATH: BASE_PATH });
    closing.push(() => {
      endpoint.dispose();
    });
    const { introspectionUrl } = verifier;
    fhir = await startFhirServer({
      classpath,
      basePath: BASE_PATH,
      settings: endpoint.file,
      introspectionUrl,
    });
    closing.push(() => fhir.stop());
    endpoint.at(NOON).setMode(smartModeFile(0));
    await endpoint.watch();
    await register();
  }

  /** Writes the record by a token that may. */
  async function register(): Promise<void> {
    const path = `${BASE_PATH}/Patient/DarthVader`;
    const token = await issuer.token({ scope: "system/Patient.u" });
    const headers = { "content-type": "application/fhir+json", authorization: `Bearer ${token}` };
    const { status } = await ask(fhir.socket, { method: "PUT", path, headers, body: VADER });
    assert.equal(status, 201);
  }

  async function startGateway(): Promise<void> {
    const upstream = `unix:${fhir.socket}|http://fhir`;
    const config = webGatewayConfig({
      serverName: "localhost",
      basePath: BASE_PATH,
      upstream,
      appOrigin: appOrigin(),
    });
    const placed = await placeGateway(join(supervision.directory, "gateway"), config, port.gateway);
    await ca.issue(placed.directory(GATEWAY_PATHS.tls), "localhost");
    await testConfig("apache2", placed);
    await startServer(supervision, "apache2", placed, port.gateway);
  }

  async function startUi(): Promise<void> {
    const gateway = { name: "localhost", port: port.gateway };
    const config = smartUiConfig({
      serverName: "localhost",
      basePath: BASE_PATH,
      gateway,
      issuer: issuer.url,
    });
    const placed = await placeUi(join(supervision.directory, "ui"), config, port.ui);
    await ca.issue(placed.directory(UI_PATHS.tls), "localhost");
    await copyFile(ca.certificate, join(placed.directory(UI_PATHS.ca), "ca.crt"));
    for (const file of ["index.html", "app.mjs"]) {
      await copyFile(join(import.meta.dirname, "app", file), join(placed.directory(UI_PATHS.app), file));
    }
    settings = join(placed.directory(UI_PATHS.config), "config.json");
    await scopes(...SCOPES);
    await testConfig("nginx", placed);
    await startServer(supervision, "nginx", placed, port.ui);
  }

  /** What the app asks for from now on. */
  async function scopes(...names: readonly string[]): Promise<void> {
    const uri = `${appOrigin()}${BASE_PATH}`;
    const scope = ["openid", ...names].join(" ");
    await writeFile(
      settings,
      JSON.stringify({ domain: issuer.url, clientId: CLIENT_ID, audience: AUDIENCE, uri, scope }),
    );
  }

  /** Sends a request to a server of the test by TLS that is verified. */
  async function send(to: "ui" | "gateway", path: string, headers = {}, method = "GET"): Promise<Answer> {
    const agent = new Agent({ ca: readFileSync(ca.certificate) });
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const sent = request({ host: "localhost", port: port[to], path, method, headers, agent }, (response) => {
      text(response).then((body) => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      }, reject);
    });
    sent.on("error", reject).end();
    return promise;
  }

  const read = (token: string, to: "ui" | "gateway" = "ui") =>
    send(to, `${BASE_PATH}/Patient/DarthVader`, { authorization: `Bearer ${token}` });

  /** Launches the app in a new browser session, signs in and consents; resolves to what the app shows. */
  async function launch(): Promise<{ status: string; record: string; blocked: readonly string[] }> {
    const session = await browser.newContext({ ignoreHTTPSErrors: true });
    const page = await session.newPage();
    const blocked: string[] = [];
    page.on("console", (message) => {
      const ofTheApp = message.location().url.startsWith(appOrigin());
      if (ofTheApp && message.text().includes("Content Security Policy")) blocked.push(message.text());
    });
    try {
      await page.goto(`${appOrigin()}/`);
      await signIn(page);
      await page.locator("#status", { hasNotText: "starting" }).waitFor();
      const [status, record] = [await page.textContent("#status"), await page.textContent("#record")];
      return { status: status ?? "", record: record ?? "", blocked };
    } finally {
      await session.close();
    }
  }

  async function signIn(page: Page): Promise<void> {
    const shown = page.locator("#status", { hasNotText: "starting" });
    const login = page.locator("input[name=login]");
    await login.or(shown).first().waitFor();
    if (!(await login.isVisible())) return;
    await login.fill("physician");
    await page.locator("input[name=password]").fill("any");
    await page.locator("button[type=submit]").click();
    await page.locator("form[action*=interaction] button[type=submit]").click();
    await page.waitForURL(`${appOrigin()}/**`);
  }

  it("launches with PKCE, violates no Content-Security-Policy, and reads the record with a scope that allows it", async () => {
    const { status, record, blocked } = await launch();
    assert.deepEqual([status, blocked], ["200", []]);
    assert.equal((JSON.parse(record) as { id: string }).id, "DarthVader");
  });

  it("answers 403 to the app whose scope does not allow the record", async () => {
    await scopes("user/Observation.rs");
    const { status } = await launch();
    await scopes(...SCOPES);
    assert.equal(status, "403");
  });

  it("answers 401 to tokens that are missing, expired, for another audience or of another issuer", async () => {
    assert.equal((await send("ui", `${BASE_PATH}/Patient/DarthVader`)).status, 401);
    for (const claims of [{ expires: "-1m" }, { audience: "https://other" }, { issuer: "https://other/" }]) {
      assert.equal((await read(await issuer.token(claims))).status, 401, JSON.stringify(claims));
    }
    assert.equal((await read(await issuer.token())).status, 200);
  });

  it("answers nothing of the gateway but the FHIR endpoint", async () => {
    const token = await issuer.token();
    for (const path of ["/", "/csp/bin/Systems/Module.cxw", "/smart/", "/server-status"]) {
      assert.equal((await send("gateway", path, { authorization: `Bearer ${token}` })).status, 403, path);
    }
  });

  it("allows the app's origin alone to read answers", async () => {
    const token = await issuer.token();
    const headers = { authorization: `Bearer ${token}` };
    const of = async (origin: string) =>
      send("gateway", `${BASE_PATH}/Patient/DarthVader`, { ...headers, origin });
    assert.equal((await of(appOrigin())).headers["access-control-allow-origin"], appOrigin());
    assert.equal((await of("https://evil.example")).headers["access-control-allow-origin"], undefined);
    const preflight = await send(
      "gateway",
      `${BASE_PATH}/Patient/DarthVader`,
      { origin: appOrigin() },
      "OPTIONS",
    );
    assert.deepEqual(
      [preflight.status, preflight.headers["access-control-allow-origin"]],
      [204, appOrigin()],
    );
  });

  it("serves the app with its Content-Security-Policy, and its settings without caching", async () => {
    const page = await send("ui", "/");
    assert.equal(page.headers["content-security-policy"], contentSecurityPolicy(issuer.url));
    assert.equal(page.headers["strict-transport-security"], "max-age=31536000");
    const { headers, status } = await send("ui", "/config.json");
    assert.deepEqual([status, headers["cache-control"]], [200, "no-store"]);
  });

  it("shows the outage in the app, and answers 401 to tokens that cannot be verified", async () => {
    const token = await issuer.token();
    await issuer.down();
    const { status } = await launch();
    assert.match(status, /^failed/);
    assert.equal((await read(token)).status, 401);
  });

  it("reads the record without a token during break-glass, and with one only after it", async () => {
    endpoint.setMode(breakGlassModeFile(ONE, 0));
    await endpoint.resume();
    assert.equal((await send("ui", `${BASE_PATH}/Patient/DarthVader`)).status, 200);
    endpoint.setMode(smartModeFile(0));
    await endpoint.resume();
    assert.equal((await send("ui", `${BASE_PATH}/Patient/DarthVader`)).status, 401);
    await issuer.up();
    assert.equal((await launch()).status, "200");
  });
});
