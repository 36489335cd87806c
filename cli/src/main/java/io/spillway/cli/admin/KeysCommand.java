package io.spillway.cli.admin;

import io.spillway.cli.ExitCode;
import io.spillway.cli.Terminal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `spillway keys`.
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = "Create, list and revoke API keys.")
public final class KeysCommand {

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Create a key. Its secret is shown this once.")
    int create(
            @Mixin Terminal terminal,
            @Option(names = "--tenant", required = true) String tenant,
            @Option(names = "--id", description = "public id (default: made by the control plane)")
                    @Nullable String id,
            @Option(names = "--floor", description = "lowest data class of its requests")
                    @Nullable String floor,
            @Option(
                            names = "--may-spill",
                            split = ",",
                            paramLabel = "ENVIRONMENT",
                            description = "public environments its requests may leave for")
                    @Nullable List<String> maySpill,
            @Option(
                            names = "--debug",
                            description = "show classes and endpoints in response headers")
                    boolean debug) {
        var body = new LinkedHashMap<String, Object>();
        body.put("tenant", tenant);
        if (id != null) {
            body.put("id", id);
        }
        if (floor != null) {
            body.put("floor", floor);
        }
        body.put("maySpill", maySpill == null ? List.of() : maySpill);
        body.put("debug", debug);
        var key = terminal.admin().post("keys", body).orFail();
        if (terminal.json()) {
            terminal.print(key);
        } else {
            terminal.say("%s  %s".formatted(key.path("id").asText(), key.path("secret").asText()));
        }
        return ExitCode.OK;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List keys, never their secrets.")
    int list(@Mixin Terminal terminal) {
        var answer = terminal.admin().get("keys").orFail();
        if (terminal.json()) {
            terminal.print(answer);
            return ExitCode.OK;
        }
        var rows = new ArrayList<List<String>>();
        for (var key : answer.path("items")) {
            rows.add(
                    List.of(
                            key.path("id").asText(),
                            key.path("tenant").asText(),
                            key.path("floor").asText(),
                            key.path("maySpill").toString(),
                            key.path("expiresAt").asText("never")));
        }
        terminal.table(List.of("KEY", "TENANT", "FLOOR", "MAY SPILL", "EXPIRES"), rows);
        return ExitCode.OK;
    }

    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "Delete a key; routers refuse it within a second.")
    int revoke(@Mixin Terminal terminal, @Parameters(paramLabel = "ID") String id) {
        terminal.admin().delete("keys/" + AdminClient.segment(id)).orFail();
        terminal.say("revoked " + id);
        return ExitCode.OK;
    }
}
