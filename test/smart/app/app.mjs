// A reference app for the contract of GET /config.json: authorization code with PKCE (RFC 7636), then one read.
const show = (status, text = "") => {
  document.querySelector("#record").textContent = text;
  document.querySelector("#status").textContent = status;
};
const base64url = (bytes) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

async function authorize(settings, { authorization_endpoint }) {
  const verifier = base64url(crypto.getRandomValues(new Uint8Array(32)));
  const state = base64url(crypto.getRandomValues(new Uint8Array(16)));
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  sessionStorage.setItem("launch", JSON.stringify({ verifier, state }));
  const query = new URLSearchParams({
    response_type: "code",
    client_id: settings.clientId,
    redirect_uri: `${location.origin}/`,
    scope: settings.scope,
    audience: settings.audience,
    resource: settings.audience,
    state,
    code_challenge: base64url(new Uint8Array(digest)),
    code_challenge_method: "S256",
  });
  location.assign(`${authorization_endpoint}?${query}`);
}

async function token(settings, { token_endpoint }, code, verifier) {
  const body = new URLSearchParams({
    grant_type: "authorization_code",
    client_id: settings.clientId,
    redirect_uri: `${location.origin}/`,
    resource: settings.audience,
    code,
    code_verifier: verifier,
  });
  const response = await fetch(token_endpoint, { method: "POST", body });
  if (!response.ok) throw new Error(`token: ${response.status}`);
  return (await response.json()).access_token;
}

async function start() {
  const settings = await (await fetch("/config.json")).json();
  const discovery = await fetch(`${settings.domain}.well-known/openid-configuration`);
  const endpoints = await discovery.json();
  const answer = new URLSearchParams(location.search);
  if (answer.has("error")) return show(`refused: ${answer.get("error")}`);
  if (!answer.has("code")) return authorize(settings, endpoints);
  const { verifier, state } = JSON.parse(sessionStorage.getItem("launch") ?? "{}");
  if (answer.get("state") !== state) return show("refused: state");
  const bearer = await token(settings, endpoints, answer.get("code"), verifier);
  const record = await fetch(`${settings.uri}/Patient/DarthVader`, {
    headers: { authorization: `Bearer ${bearer}` },
  });
  show(String(record.status), await record.text());
}

start().catch((error) => show(`failed: ${error.message}`));
