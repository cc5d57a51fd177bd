import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.exceptions.AuthenticationException;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.provider.HashMapResourceProvider;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.hl7.fhir.r5.model.Bundle;
import org.hl7.fhir.r5.model.IdType;
import org.hl7.fhir.r5.model.Patient;

/**
 * A FHIR R5 server at a Unix socket. It keeps patients in memory, and protects them as an endpoint of IRIS does: by
 * SMART, unless its DebugMode is 7.
 *
 * Usage: java FhirServer.java SOCKET BASE_PATH SETTINGS INTROSPECTION_URL
 *
 * SETTINGS is a JSON file that is read anew for each request: the endpoint's path, and settings.DebugMode.
 */
public class FhirServer {
  public static void main(String[] args) throws Exception {
    var context = FhirContext.forR5();
    var fhir = new RestfulServer(context);
    fhir.setResourceProviders(new Patients(context));
    fhir.registerInterceptor(new Smart(args[1], Path.of(args[2]), URI.create(args[3])));

    var server = new Server();
    var connector = new UnixDomainServerConnector(server);
    connector.setUnixDomainPath(Path.of(args[0]));
    server.addConnector(connector);
    var handler = new ServletContextHandler();
    handler.setContextPath(args[1]);
    handler.addServlet(new ServletHolder(fhir), "/*");
    server.setHandler(handler);
    server.start();
  }

  /** HAPI's provider for read, vread, history, search, create, update and delete; and one operation. */
  public static class Patients extends HashMapResourceProvider<Patient> {
    public Patients(FhirContext context) {
      super(context, Patient.class);
    }

    @Operation(name = "$everything", idempotent = true)
    public Bundle everything(@IdParam IdType id, RequestDetails request) {
      var everything = new Bundle().setType(Bundle.BundleType.SEARCHSET);
      everything.addEntry().setResource(read(id, request));
      return everything;
    }
  }

  /** Allows a request whose bearer token is active (RFC 7662) and, where the provider names one, whose scope allows it. */
  public static class Smart {
    private static final int OPEN = 7;
    /** Resource type and permissions of a clinical scope. */
    private static final Pattern SCOPE =
        Pattern.compile("(?:patient|user|system)/(\\*|\\w+)\\.(\\*|\\w+)(?:\\?.*)?");
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final String basePath;
    private final Path settings;
    private final URI introspection;

    Smart(String basePath, Path settings, URI introspection) {
      this.basePath = basePath;
      this.settings = settings;
      this.introspection = introspection;
    }

    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_PROCESSED)
    public void protect(HttpServletRequest request) throws IOException, InterruptedException {
      // A client finds here where to request a token.
      if ("/metadata".equals(request.getPathInfo()) || isOpen()) return;
      var authorization = request.getHeader("Authorization");
      if (authorization == null || !authorization.startsWith("Bearer ")) throw refusal("A bearer token is missing");
      var token = introspect(authorization.substring("Bearer ".length()));
      if (!token.path("active").asBoolean()) throw refusal("The bearer token is not active");
      // A provider that names no scope hands out tokens for everything.
      if (token.has("scope") && !allows(token.get("scope").asText(), request))
        throw new ForbiddenOperationException("The token's scope does not allow this request");
    }

    private static boolean allows(String scopes, HttpServletRequest request) {
      var segments = request.getPathInfo().split("/");
      var type = segments.length > 1 ? segments[1] : "";
      var permission = permission(request.getMethod(), segments);
      return Stream.of(scopes.split(" ")).map(SCOPE::matcher).anyMatch(scope ->
          scope.matches()
              && ("*".equals(scope.group(1)) || type.equals(scope.group(1)))
              && letters(scope.group(2)).contains(permission));
    }

    private static String permission(String method, String[] segments) {
      return switch (method) {
        case "POST" -> segments.length > 2 && "_search".equals(segments[2]) ? "s" : "c";
        case "PUT", "PATCH" -> "u";
        case "DELETE" -> "d";
        default -> segments.length > 2 ? "r" : "s";
      };
    }

    private static String letters(String permissions) {
      return switch (permissions) {
        case "read" -> "rs";
        case "write" -> "cud";
        case "*" -> "cruds";
        default -> permissions;
      };
    }

    private boolean isOpen() throws IOException {
      JsonNode endpoint = json.readTree(settings.toFile());
      return basePath.equals(endpoint.path("path").asText())
          && endpoint.path("settings").path("DebugMode").asInt() == OPEN;
    }

    private JsonNode introspect(String token) throws InterruptedException {
      var form = "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
      var question =
          HttpRequest.newBuilder(introspection)
              .timeout(PATIENCE)
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.ofString(form))
              .build();
      try {
        var answer = client.send(question, BodyHandlers.ofString());
        return answer.statusCode() == 200 ? json.readTree(answer.body()) : json.createObjectNode();
      } catch (IOException providerIsDown) {
        return json.createObjectNode();
      }
    }

    private static AuthenticationException refusal(String why) {
      var refusal = new AuthenticationException(why);
      refusal.addResponseHeader("WWW-Authenticate", "Bearer");
      return refusal;
    }
  }
}
