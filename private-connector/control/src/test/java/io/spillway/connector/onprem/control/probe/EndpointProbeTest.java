package io.spillway.connector.onprem.control.probe;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.unauthorized;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.spillway.api.connector.EndpointProber;
import io.spillway.api.connector.EndpointProber.Metrics;
import io.spillway.api.connector.EndpointProber.Report;
import io.spillway.api.connector.EndpointProber.ServedModel;
import io.spillway.api.connector.EndpointProber.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointProbeTest {
    private static final String LOAD =
            """
            vllm:num_requests_running{engine="0",model_name="llama"} 3.0
            vllm:num_requests_waiting{engine="0",model_name="llama"} 1.0
            vllm:kv_cache_usage_perc{engine="0",model_name="llama"} 0.5
            """;

    @TempDir private static Path dir;
    private static WireMockServer server;
    private static String caPem;

    private final EndpointProbe probe = new EndpointProbe();

    @BeforeAll
    static void startServer() throws Exception {
        var store = dir.resolve("server.p12");
        keytool(
                "-genkeypair -alias server -keyalg EC -dname CN=server -ext san=ip:127.0.0.1"
                        + " -storetype PKCS12 -storepass password -keystore",
                store.toString());
        keytool(
                "-exportcert -rfc -alias server -storepass password -keystore",
                store.toString(),
                "-file",
                dir.resolve("ca.pem").toString());
        caPem = Files.readString(dir.resolve("ca.pem"));
        server =
                new WireMockServer(
                        WireMockConfiguration.options()
                                .bindAddress("127.0.0.1")
                                .dynamicPort()
                                .dynamicHttpsPort()
                                .keystorePath(store.toString())
                                .keystoreType("PKCS12")
                                .keystorePassword("password")
                                .keyManagerPassword("password"));
        server.start();
    }

    @AfterAll
    static void stopServer() {
        server.stop();
    }

    @BeforeEach
    void aHealthyServer() {
        server.resetAll();
        answer("/health", status(200));
        answer("/version", okJson("{\"version\":\"0.11.2\"}"));
        answer(
                "/v1/models",
                okJson(
                        "{\"object\":\"list\",\"data\":[{\"id\":\"llama\",\"max_model_len\":8192},{\"id\":\"lora\",\"parent\":\"llama\"}]}"));
        answer("/metrics", aResponse().withBody(LOAD));
    }

    @Test
    void itIsFoundAsAService() {
        assertThat(ServiceLoader.load(EndpointProber.class))
                .hasOnlyElementsOfType(EndpointProbe.class)
                .hasSize(1);
    }

    @Test
    void aServerThatSaysWhichProcessItIsIsReportedWithItsInstance() throws Exception {
        answer("/version", okJson("{\"version\":\"0.11.2\",\"instance\":\"nonce-1\"}"));

        assertThat(probe(null).instance()).isEqualTo("nonce-1");
    }

    @Test
    void aHealthyServerIsReportedWhole() throws Exception {
        assertThat(probe(null))
                .isEqualTo(
                        new Report(
                                true,
                                "0.11.2",
                                List.of(
                                        new ServedModel("llama", 8192),
                                        new ServedModel("lora", null)),
                                new Metrics(3, 1, 0.5),
                                null));
    }

    @Test
    void theTokenIsSentAsBearer() throws Exception {
        probe("token-1");

        server.verify(
                getRequestedFor(urlEqualTo("/v1/models"))
                        .withHeader("Authorization", equalTo("Bearer token-1")));
    }

    @Test
    void aMissingTokenIsAskedFor() throws Exception {
        answer("/v1/models", unauthorized());

        assertThat(problem(probe(null))).contains("wants a token", "--token-ref");
        assertThat(problem(probe("token-1"))).contains("does not accept").doesNotContain("token-1");
    }

    @Test
    void aRedirectIsNotFollowed() throws Exception {
        answer("/v1/models", status(302).withHeader("Location", http() + "/elsewhere"));

        assertThat(problem(probe("token-1"))).contains("redirects");
        server.verify(0, getRequestedFor(urlEqualTo("/elsewhere")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<html>Welcome</html>", "{\"data\":{}}", "{\"data\":[{\"name\":1}]}", ""})
    void anotherKindOfServerIsNamedAsSuch(String body) throws Exception {
        answer("/v1/models", aResponse().withBody(body));

        assertThat(problem(probe(null))).contains("is this a model server?");
    }

    @Test
    void anEndlessAnswerIsCutOff() throws Exception {
        answer("/v1/models", aResponse().withBody("x".repeat(9 << 20)));

        assertThat(probe(null).reachable()).isFalse();
    }

    @Test
    void aServerWithoutVersionAndMetricsIsReachable() throws Exception {
        answer("/version", status(404));
        answer("/metrics", status(404));
        answer("/health", status(404));

        assertThat(probe(null))
                .returns(true, Report::reachable)
                .returns(null, Report::version)
                .returns(null, Report::metrics)
                .returns(null, Report::problem);
    }

    @Test
    void aReachableServersTroublesAreTold() throws Exception {
        answer("/metrics", aResponse().withBody("other_metric 1\n"));
        assertThat(probe(null))
                .returns(true, Report::reachable)
                .extracting(Report::problem)
                .asString()
                .contains("/metrics");

        answer("/health", status(503));
        assertThat(probe(null).problem()).contains("engine is dead");
    }

    @Test
    void nobodyListeningIsARefusal() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThat(problem(probe("http://127.0.0.1:" + port, null)))
                .contains("refused the connection");
    }

    @Test
    void aSilentServerIsGivenUp() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var target =
                    new Target(
                            URI.create("http://127.0.0.1:" + socket.getLocalPort()),
                            null,
                            null,
                            Duration.ofMillis(300));

            assertThat(problem(probe.probe(target))).contains("did not answer within 300 ms");
        }
    }

    @Test
    void aTrustedCertificateIsAccepted() throws Exception {
        assertThat(probe(https(), caPem).reachable()).isTrue();
    }

    @Test
    void anUntrustedCertificateAsksForItsAuthority() throws Exception {
        assertThat(problem(probe(https(), null))).contains("not signed", "--ca");
    }

    @Test
    void aCertificateForAnotherHostIsRefused() throws Exception {
        var wrong = https().replace("127.0.0.1", "localhost");

        assertThat(problem(probe(wrong, caPem))).contains("is not for host 'localhost'");
    }

    @Test
    void theWrongSchemeIsNamed() throws Exception {
        assertThat(problem(probe("https://127.0.0.1:" + server.port(), caPem))).contains("http://");
        assertThat(problem(probe(https().replace("https", "http"), null))).isNotBlank();
    }

    @Test
    void anAuthorityThatIsNoCertificateIsNamed() throws Exception {
        assertThat(problem(probe(https(), "not a certificate"))).contains("certificate authority");
    }

    @Test
    void aUrlWithTheApisPathIsCorrected() throws Exception {
        assertThat(problem(probe(http() + "/v1", null))).contains("base URL without it");
    }

    private Report probe(String token) throws InterruptedException {
        return probe.probe(new Target(URI.create(http()), token, null, Duration.ofSeconds(20)));
    }

    private Report probe(String url, String ca) throws InterruptedException {
        return probe.probe(new Target(URI.create(url), null, ca, Duration.ofSeconds(20)));
    }

    private static String http() {
        return "http://127.0.0.1:" + server.port();
    }

    private static String https() {
        return "https://127.0.0.1:" + server.httpsPort();
    }

    private static String problem(Report report) {
        assertThat(report.reachable()).isFalse();
        return report.problem();
    }

    private static void answer(String path, ResponseDefinitionBuilder answer) {
        server.stubFor(get(urlEqualTo(path)).willReturn(answer));
    }

    private static void keytool(String options, String... more)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(options.split(" ")));
        command.addAll(List.of(more));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
