package io.spillway.connector.cloud.dialect.openai;

import io.spillway.api.connector.Dialect;
import io.spillway.api.connector.LoadReport;
import io.spillway.api.connector.ResponseObserver;
import io.spillway.api.connector.UpstreamFailure;
import io.spillway.api.request.Operation;
import io.spillway.wire.OpenAiObserver;
import io.spillway.wire.StreamOptions;
import java.time.Instant;
import java.util.Optional;

/// The dialect of OpenAI's API and of providers that copy it.
///
/// These publish no metrics page, so their load is never known from here. They refuse a request for
/// a field they do not know; fields that only model servers know are taken out on the way.
public final class OpenAiDialect implements Dialect {

    @Override
    public String name() {
        return "openai";
    }

    @Override
    public String path(Operation operation) {
        return operation.path();
    }

    @Override
    public BodyEdits edits(Operation operation, BodyHints hints) {
        return new BodyEdits(
                StreamOptions.askForUsage(operation, hints).stream().toList(),
                hints.fields().stream()
                        .filter(field -> ServerFields.unknownToProviders(operation, field))
                        .toList());
    }

    @Override
    public ResponseObserver observe(Operation operation, boolean stream) {
        return new OpenAiObserver();
    }

    @Override
    public Optional<String> metricsPath() {
        return Optional.empty();
    }

    @Override
    public Optional<LoadReport> load(String page, String upstreamModel, Instant readAt) {
        return Optional.empty();
    }

    @Override
    public UpstreamFailure failure(int status, byte[] body) {
        return OpenAiFailures.of(status, body);
    }
}
