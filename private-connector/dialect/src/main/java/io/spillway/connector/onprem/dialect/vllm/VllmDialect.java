package io.spillway.connector.onprem.dialect.vllm;

import io.spillway.api.connector.Dialect;
import io.spillway.api.connector.LoadReport;
import io.spillway.api.connector.ResponseObserver;
import io.spillway.api.connector.UpstreamFailure;
import io.spillway.api.request.Operation;
import io.spillway.wire.JsonText;
import io.spillway.wire.OpenAiObserver;
import io.spillway.wire.StreamOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The dialect of vLLM's OpenAI-compatible server, 0.4 to now.
public final class VllmDialect implements Dialect {

    /// Fields that only a router may set.
    ///
    /// `priority`: any value but 0 is an error unless the server was started for it, and it would
    /// overtake other tenants. `kv_transfer_params`: names hosts that the engine connects to.
    private static final List<String> STRIPPED = List.of("priority", "kv_transfer_params");

    @Override
    public String name() {
        return "vllm";
    }

    @Override
    public String path(Operation operation) {
        return operation.path();
    }

    /// Each tenant gets its own salt, so that nobody can learn by timing which prompts another
    /// tenant has sent; a salt of the caller's choice could be another tenant's.
    @Override
    public BodyEdits edits(Operation operation, BodyHints hints) {
        var set = new ArrayList<BodyEdits.Member>();
        StreamOptions.askForUsage(operation, hints).ifPresent(set::add);
        set.add(new BodyEdits.Member("cache_salt", JsonText.string(hints.tenantSalt())));
        return new BodyEdits(set, STRIPPED.stream().filter(hints.fields()::contains).toList());
    }

    @Override
    public ResponseObserver observe(Operation operation, boolean stream) {
        return new OpenAiObserver();
    }

    @Override
    public Optional<String> metricsPath() {
        return Optional.of("/metrics");
    }

    @Override
    public Optional<LoadReport> load(String page, String upstreamModel, Instant readAt) {
        return LoadPage.read(page, upstreamModel).toReport(readAt);
    }

    @Override
    public UpstreamFailure failure(int status, byte[] body) {
        return VllmFailures.of(status, body);
    }
}
