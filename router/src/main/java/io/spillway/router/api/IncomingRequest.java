package io.spillway.router.api;

import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A request whose head has been read. Confined to one event loop.
public final class IncomingRequest {
    private final HttpServerRequest request;
    private final CallerResponse response;
    private final ListenerSettings settings;
    private final BodyMemory memory;

    IncomingRequest(
            HttpServerRequest request,
            CallerResponse response,
            ListenerSettings settings,
            BodyMemory memory) {
        this.memory = memory;
        this.request = request;
        this.response = response;
        this.settings = settings;
    }

    /// The method, such as `POST`.
    public String method() {
        return request.method().name();
    }

    /// The path without query.
    public String path() {
        var path = request.path();
        return path == null ? "" : path;
    }

    /// The answer.
    public CallerResponse response() {
        return response;
    }

    /// A header's only value, null when the header is absent.
    ///
    /// @throws InvalidHeaderException when it came more than once: which one counts would be a
    ///   guess
    public @Nullable String header(String name) throws InvalidHeaderException {
        var values = request.headers().getAll(name);
        if (values.size() > 1) {
            throw new InvalidHeaderException(name, "was sent more than once");
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    /// The declared length of the body, 0 when it is chunked or absent.
    public long declaredLength() {
        return BodyReader.declared(request);
    }

    /// Reads the body and hands it over, unless it is too large or the caller leaves.
    public void body(Consumer<byte[]> done) {
        if ("100-continue".equalsIgnoreCase(request.getHeader("expect"))
                && declaredLength() <= settings.maxBodyBytes()) {
            request.response().writeContinue();
        }
        var result =
                new BodyReader.Result() {
                    @Override
                    public void done(byte[] body) {
                        response.requestEnded();
                        done.accept(body);
                    }

                    @Override
                    public void refused(ApiError error) {
                        response.fail(error);
                    }
                };
        var reader = new BodyReader(memory, settings.maxBodyBytes(), result);
        response.onOver(reader::forget);
        reader.read(request);
    }

    /// Checks the head of a request with a body.
    ///
    /// @return what is wrong, null when nothing is
    public @Nullable ApiError checkBodyHeaders() {
        if (request.headers().contains("content-encoding")) {
            return ApiError.refused(415, "Send the body without Content-Encoding.");
        }
        var type = request.getHeader("content-type");
        if (type != null && !type.regionMatches(true, 0, "application/json", 0, 16)) {
            return ApiError.refused(415, "Send the body as 'Content-Type: application/json'.");
        }
        return null;
    }
}
