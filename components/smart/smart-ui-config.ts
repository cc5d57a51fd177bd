/**
 * The configuration of the nginx that serves the app, as pure data, and the settings that the app reads from it.
 *
 * Source: the smart-ui/nginx.conf of InterSystems' SMART on FHIR article; nginx's documentation of the proxy and SSL
 * modules; W3C, Content Security Policy Level 3.
 */

/** What the app reads from `GET /config.json`. */
export interface SmartAppSettings {
  /** The issuer's URL, with a slash at its end. */
  readonly domain: string;
  readonly clientId: string;
  /** Identifier of the API that tokens are for. */
  readonly audience: string;
  /** Base URL of the FHIR endpoint, to which the app attaches its token. */
  readonly uri: string;
  /** The scopes to ask for, one space between two. */
  readonly scope: string;
}

/** What nginx's configuration is made from. */
export interface SmartUiConfigArgs {
  /** Name that the browser reaches the app by, `app.example`. */
  readonly serverName: string;
  /** Path of the FHIR endpoint, without a slash at its end. */
  readonly basePath: string;
  /** The web gateway's Service: its name, which its certificate is for, and its port. */
  readonly gateway: { readonly name: string; readonly port: number };
  /** The issuer's URL. */
  readonly issuer: string;
}

/** Directories in the container. */
export const UI_PATHS = {
  config: "/etc/smart-ui",
  tls: "/etc/smart-ui-tls",
  ca: "/etc/smart-ui-ca",
  app: "/usr/share/nginx/html",
  run: "/run/smart-ui",
};

/** Port of the container. */
export const UI_PORT = 8443;

/** The Content-Security-Policy of the app: scripts and styles of its own, and connections to itself and the issuer. */
export function contentSecurityPolicy(issuer: string): string {
  const { origin } = new URL(issuer);
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${origin}`,
    `frame-src ${origin}`,
    `form-action 'self' ${origin}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** The text of nginx.conf. */
export function smartUiConfig(args: SmartUiConfigArgs): string {
  const { run } = UI_PATHS;
  return `worker_processes auto;
pid ${run}/nginx.pid;
error_log stderr crit;
events {}
http {
  # Neither path nor query: both may name a patient.
  log_format fhir '$time_iso8601 $remote_addr $request_method $status $request_time';
  access_log /dev/stdout fhir;
  server_tokens off;
  client_body_temp_path ${run}/body;
  proxy_temp_path ${run}/proxy;
  fastcgi_temp_path ${run}/fastcgi;
  uwsgi_temp_path ${run}/uwsgi;
  scgi_temp_path ${run}/scgi;
  client_max_body_size 50m;
  types {
    text/html html;
    text/css css;
    text/javascript js mjs;
    application/json json;
    image/svg+xml svg;
    image/png png;
    font/woff2 woff2;
  }
  default_type application/octet-stream;
${server(args)}}
`;
}

function server({ serverName, basePath, gateway, issuer }: SmartUiConfigArgs): string {
  const { config, tls, ca, app } = UI_PATHS;
  const headers = [
    `add_header Content-Security-Policy "${contentSecurityPolicy(issuer)}" always;`,
    'add_header Strict-Transport-Security "max-age=31536000" always;',
    "add_header X-Content-Type-Options nosniff always;",
    "add_header Referrer-Policy no-referrer always;",
  ].join("\n    ");
  return `  server {
    listen ${UI_PORT} ssl;
    server_name ${serverName};
    ssl_certificate ${tls}/tls.crt;
    ssl_certificate_key ${tls}/tls.key;
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20;
    ${headers}
    location = /config.json {
      alias ${config}/config.json;
      add_header Cache-Control no-store always;
      ${headers}
    }
    location ${basePath}/ {
      proxy_pass https://${gateway.name}:${gateway.port};
      proxy_http_version 1.1;
      proxy_set_header Host ${gateway.name};
      proxy_set_header Connection "";
      proxy_ssl_verify on;
      proxy_ssl_verify_depth 3;
      proxy_ssl_server_name on;
      proxy_ssl_name ${gateway.name};
      proxy_ssl_protocols TLSv1.2 TLSv1.3;
      proxy_ssl_trusted_certificate ${ca}/ca.crt;
      proxy_hide_header Strict-Transport-Security;
      proxy_hide_header X-Content-Type-Options;
      proxy_buffering off;
    }
    location / {
      root ${app};
      try_files $uri /index.html;
    }
  }
`;
}
