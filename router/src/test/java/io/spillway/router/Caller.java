package io.spillway.router;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// A caller of the API.
public final class Caller {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Caller() {}

    public static HttpResponse<String> chat(TestSite site, String text, String... headers)
            throws Exception {
        return post(
                site,
                "/v1/chat/completions",
                "{\"model\":\"chat\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                        .formatted(text),
                headers);
    }

    /// One call.
    interface Call {
        HttpResponse<String> answer() throws Exception;
    }

    /// A call on a thread of its own.
    static CompletableFuture<HttpResponse<String>> later(Call call) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return call.answer();
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                Thread::startVirtualThread);
    }

    static int status(CompletableFuture<HttpResponse<String>> answer) throws Exception {
        return answer.get(10, TimeUnit.SECONDS).statusCode();
    }

    public static String streamBody(String text) {
        return "{\"model\":\"chat\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                .formatted(text);
    }

    public static HttpResponse<String> stream(TestSite site, String text, String... headers)
            throws Exception {
        return post(site, "/v1/chat/completions", streamBody(text), headers);
    }

    public static HttpResponse<String> post(
            TestSite site, String path, String body, String... headers) throws Exception {
        return CLIENT.send(
                request(site.url(path), headers)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    public static HttpResponse<String> get(TestSite site, String path, String... headers)
            throws Exception {
        return CLIENT.send(
                request(site.url(path), headers).GET().build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(URI url, String... headers) {
        var builder = HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(30));
        var all =
                new java.util.LinkedHashMap<>(
                        Map.of(
                                "authorization",
                                "Bearer " + TestSite.SECRET,
                                "content-type",
                                "application/json"));
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        all.forEach((name, value) -> {
            if (!value.isEmpty()) {
                builder.header(name, value);
            }
        });
        return builder;
    }
}
