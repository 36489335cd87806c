package io.spillway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.DataClass;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Policies and the small world that tests compile them against.
public final class Policies {
    public static final KnownNames KNOWN =
            new KnownNames(
                    Map.of(
                            "onprem", environment("onprem", Zone.PRIVATE, DataClass.RESTRICTED),
                            "aws-burst", environment("aws-burst", Zone.PUBLIC, DataClass.INTERNAL)),
                    Set.of("chat", "small-chat"));

    private Policies() {}

    public static Environment environment(String name, Zone zone, DataClass clearance) {
        return new Environment(
                name,
                zone,
                zone == Zone.PRIVATE ? "onprem" : "aws",
                "local",
                Set.of("DE"),
                Set.of("DE"),
                clearance,
                List.of(),
                null);
    }

    /// Compiles a file that must be right.
    public static CompiledPolicy compiled(String yaml) {
        var result = PolicyCompiler.compile(yaml, KNOWN);
        assertThat(result).isInstanceOf(CompileResult.Compiled.class);
        return ((CompileResult.Compiled) result).policy();
    }

    /// The problems of a file that must be wrong.
    public static List<PolicyProblem> problems(String yaml) {
        var result = PolicyCompiler.compile(yaml, KNOWN);
        assertThat(result).isInstanceOf(CompileResult.Rejected.class);
        return ((CompileResult.Rejected) result).problems();
    }
}
