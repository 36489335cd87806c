package io.spillway.connector.cloud.control.terraform;

import io.spillway.api.connector.FleetDriver;
import io.spillway.api.environment.Fleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Machines that Terraform makes.
///
/// Each run plans into a file and applies that file, so that what is done is what was planned.
/// Terraform does not notice a local process that died since; such a machine is named to it for
/// replacement.
public final class TerraformFleetDriver implements FleetDriver {
    private static final String PLAN = "fleet.tfplan";
    private static final List<String> INIT = List.of("init", "-input=false", "-no-color");

    private final Map<String, String> environment;

    /// A driver that finds its program in the environment of this process.
    public TerraformFleetDriver() {
        this(System.getenv());
    }

    TerraformFleetDriver(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public String name() {
        return "terraform";
    }

    @Override
    public Availability availability() {
        return program().isPresent()
                ? new Availability(true, "")
                : new Availability(
                        false,
                        "terraform is not on the PATH of the control plane; install Terraform 1.9"
                                + " or newer and restart, or use the driver 'process'");
    }

    @Override
    public String plan(Fleet fleet, FleetSite site, int desired)
            throws IOException, InterruptedException {
        var workspace = new Workspace(site.directory());
        var terraform = begin(workspace, "plan");
        plan(terraform, workspace, fleet, site, desired);
        try {
            return terraform.output(List.of("show", "-no-color", PLAN));
        } finally {
            Files.deleteIfExists(workspace.directory().resolve(PLAN));
        }
    }

    @Override
    public List<Machine> apply(Fleet fleet, FleetSite site, int desired)
            throws IOException, InterruptedException {
        var workspace = new Workspace(site.directory());
        var terraform = begin(workspace, "apply");
        plan(terraform, workspace, fleet, site, desired);
        try {
            terraform.run(List.of("apply", "-input=false", "-no-color", "-lock-timeout=60s", PLAN));
        } finally {
            Files.deleteIfExists(workspace.directory().resolve(PLAN)); // holds for one state only
        }
        return readOutputs(terraform, workspace).living();
    }

    @Override
    public List<Machine> machines(Fleet fleet, FleetSite site) throws IOException {
        return Outputs.load(new Workspace(site.directory()).machines()).living();
    }

    @Override
    public void destroy(Fleet fleet, FleetSite site) throws IOException, InterruptedException {
        var workspace = new Workspace(site.directory());
        if (!Files.exists(workspace.state())) {
            return;
        }
        var terraform = begin(workspace, "destroy");
        workspace.prepare(fleet, site, 0);
        terraform.run(INIT);
        terraform.run(
                List.of(
                        "destroy",
                        "-input=false",
                        "-no-color",
                        "-auto-approve",
                        "-lock-timeout=60s"));
        new Outputs(List.of()).save(workspace.machines());
    }

    private static void plan(
            Terraform terraform, Workspace workspace, Fleet fleet, FleetSite site, int desired)
            throws IOException, InterruptedException {
        workspace.prepare(fleet, site, desired);
        terraform.run(INIT);
        var arguments =
                new ArrayList<>(
                        List.of(
                                "plan",
                                "-input=false",
                                "-no-color",
                                "-lock-timeout=60s",
                                "-out=" + PLAN));
        for (var address : readOutputs(terraform, workspace).dead(desired)) {
            arguments.add("-replace=module.fleet." + address);
        }
        terraform.run(arguments);
    }

    private static Outputs readOutputs(Terraform terraform, Workspace workspace)
            throws IOException, InterruptedException {
        var outputs =
                Files.exists(workspace.state())
                        ? Outputs.parse(terraform.output(List.of("output", "-json", "-no-color")))
                        : new Outputs(List.of());
        outputs.save(workspace.machines());
        return outputs;
    }

    private Terraform begin(Workspace workspace, String what) throws IOException {
        var program = program();
        if (program.isEmpty()) {
            throw new IOException(availability().hint());
        }
        return new Terraform(program.get(), extraEnvironment(), workspace, what);
    }

    private Optional<Path> program() {
        return Terraform.find(environment.getOrDefault("PATH", ""));
    }

    /// A mirror of plug-ins is used only where the operator says so.
    private Map<String, String> extraEnvironment() {
        var configuration = environment.get("SPILLWAY_TF_CLI_CONFIG");
        return configuration == null || configuration.isBlank()
                ? Map.of()
                : Map.of("TF_CLI_CONFIG_FILE", configuration);
    }
}
