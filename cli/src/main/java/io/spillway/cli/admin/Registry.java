package io.spillway.cli.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.DataClass;
import io.spillway.cli.CommandFailure;
import io.spillway.cli.ExitCode;
import io.spillway.cli.Terminal;
import io.spillway.policy.KnownNames;
import io.spillway.policy.PolicySource;
import io.spillway.sync.log.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The names that a policy file may refer to: those of the running installation, else those of the
/// demo.
final class Registry {
    private Registry() {}

    /// @param environments a file that stands for the installation, null to ask the running one
    static KnownNames names(Terminal terminal, @Nullable Path environments, PolicySource source)
            throws IOException {
        return environments == null
                ? names(terminal)
                : EnvironmentsFile.names(EnvironmentsFile.read(environments), source);
    }

    private static KnownNames names(Terminal terminal) {
        try {
            return registered(terminal.admin());
        } catch (CommandFailure e) {
            terminal.note(
                    noInstallation(terminal, e)
                            + "checking against the environments onprem and aws-burst of spillway"
                            + " up; --environments FILE names yours");
            return demo();
        }
    }

    /// What to say where nobody answers.
    ///
    /// @throws CommandFailure the failure itself when somebody did answer, such as that the token
    ///   is wrong
    static String noInstallation(Terminal terminal, CommandFailure failure) {
        if (failure.exitCode() != ExitCode.UNREACHABLE) {
            throw failure;
        }
        return "no installation answers at %s; ".formatted(terminal.state().root());
    }

    private static KnownNames registered(AdminClient admin) {
        var environments = new HashMap<String, Environment>();
        var models = new HashSet<String>();
        for (var item : admin.get("environments").orFail().path("items")) {
            try {
                var environment = Json.mapper().treeToValue(item, Environment.class);
                environments.put(environment.name(), environment);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("the control plane is of another version", e);
            }
        }
        admin.get("models")
                .orFail()
                .path("items")
                .forEach(model -> models.add(model.path("name").asText()));
        return new KnownNames(environments, models);
    }

    private static KnownNames demo() {
        return new KnownNames(
                Map.of(
                        "onprem",
                                environment("onprem", Zone.PRIVATE, "onprem", DataClass.RESTRICTED),
                        "aws-burst",
                                environment("aws-burst", Zone.PUBLIC, "aws", DataClass.INTERNAL)),
                Set.of("demo-chat"));
    }

    private static Environment environment(
            String name, Zone zone, String provider, DataClass clearance) {
        return new Environment(
                name,
                zone,
                provider,
                "local",
                Set.of("DE"),
                Set.of("DE"),
                clearance,
                List.of("127.0.0.0/8"),
                null);
    }
}
