/**
 * The configuration of the Apache HTTP Server that stands before the FHIR server, as pure data: HTTPS alone, the FHIR
 * endpoint alone, and answers for the app's origin alone.
 *
 * Source: the webgateway/shared/CSP.conf of InterSystems' SMART on FHIR article, whose origin is `*`; the Apache HTTP
 * Server's documentation of mod_ssl, mod_headers and mod_proxy; InterSystems' web gateway image for the paths.
 */

/** What the configuration is made from. */
export interface WebGatewayConfigArgs {
  /** Name of the gateway's Service, which its certificate is for. */
  readonly serverName: string;
  /** Path of the FHIR endpoint, without a slash at its end. */
  readonly basePath: string;
  /** Where the FHIR server is, `http://SERVER.NAMESPACE:52773`. */
  readonly upstream: string;
  /** Origin of the app, `https://app.example`. */
  readonly appOrigin: string;
}

/** Directories in the container, each the mount point of a volume. */
export const GATEWAY_PATHS = {
  config: "/etc/smart-gateway",
  tls: "/etc/smart-gateway-tls",
  csp: "/etc/smart-gateway-csp",
  run: "/run/smart-gateway",
};

/** Port of the container. */
export const GATEWAY_PORT = 8443;

const MODULES = ["mpm_event", "authz_core", "ssl", "headers", "rewrite", "proxy", "proxy_http", "reqtimeout"];

const METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";

/** The text of httpd.conf. */
export function webGatewayConfig(args: WebGatewayConfigArgs): string {
  const { config, run } = GATEWAY_PATHS;
  const { serverName } = args;
  return `ServerRoot ${config}
${MODULES.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join("\n")}
DefaultRuntimeDir ${run}
PidFile ${run}/httpd.pid
Mutex file:${run}
Listen ${GATEWAY_PORT}
ServerName ${serverName}
ServerTokens Prod
ServerSignature Off
TraceEnable Off
FileETag None
# Neither path nor query: both may name a patient.
LogFormat "%t %h %m %>s %D" fhir
CustomLog /dev/stdout fhir
ErrorLog /dev/stderr
LogLevel crit
RequestReadTimeout header=10-20,MinRate=500 body=20,MinRate=500
LimitRequestBody 52428800
AllowEncodedSlashes Off
ProxyRequests Off
ProxyTimeout 60
<Location "/">
  Require all denied
</Location>
${virtualHost(args)}`;
}

function virtualHost({ serverName, basePath, upstream, appOrigin }: WebGatewayConfigArgs): string {
  const { tls, csp } = GATEWAY_PATHS;
  return `<VirtualHost *:${GATEWAY_PORT}>
  ServerName ${serverName}
  SSLEngine on
  SSLProtocol -all +TLSv1.2 +TLSv1.3
  SSLHonorCipherOrder on
  SSLCipherSuite ECDHE+AESGCM:ECDHE+CHACHA20
  SSLCertificateFile ${tls}/tls.crt
  SSLCertificateKeyFile ${tls}/tls.key
  Header always set Strict-Transport-Security "max-age=31536000"
  Header always set X-Content-Type-Options nosniff
  Header always set Cache-Control no-store
  # The FHIR server's own answer about origins does not count.
  Header always unset Access-Control-Allow-Origin
  Header unset Access-Control-Allow-Origin
  Header always set Access-Control-Allow-Origin "${appOrigin}" "expr=%{HTTP:Origin} == '${appOrigin}'"
  Header always set Access-Control-Allow-Headers "Authorization, Content-Type, If-Match, Prefer" "expr=%{HTTP:Origin} == '${appOrigin}'"
  Header always set Access-Control-Allow-Methods "${METHODS}" "expr=%{HTTP:Origin} == '${appOrigin}'"
  Header always merge Vary Origin
  <Location "${basePath}/">
    Require all granted
    RewriteEngine On
    RewriteCond %{REQUEST_METHOD} =OPTIONS
    RewriteRule ^ - [R=204,L]
  </Location>
  <IfDefine CSP>
    # InterSystems' module, which its image brings along: it speaks to IRIS's superserver.
    Include ${csp}/csp.conf
  </IfDefine>
  <IfDefine !CSP>
    ProxyPass "${basePath}/" "${upstream}${basePath}/"
  </IfDefine>
</VirtualHost>
`;
}
