package io.spillway.control;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.spillway.api.connector.FleetDriver;
import io.spillway.sync.capture.RegistryStore;
import jakarta.inject.Inject;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.spillway.control");

    @Test
    void theControlPlaneKnowsNoRouterAndNoConnector() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.spillway.router..", "io.spillway.connector..")
                .because(
                        "router and control plane talk over the sync link only, and connectors are"
                                + " found with ServiceLoader: put what both need into policies/api")
                .check(CLASSES);
    }

    @Test
    void theRegistryIsChangedInOnePlace() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.spillway.control.registry")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(RegistryStore.class)
                .because(
                        "a change past Registry would be neither checked nor audited: call"
                                + " Registry.change")
                .check(CLASSES);
    }

    @Test
    void onlyTheCapacityLoopDrivesFleets() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.spillway.control.capacity", "io.spillway.control.registry")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(FleetDriver.class)
                .because("a driver is never called twice at once: go through FleetKeepers")
                .check(CLASSES);
    }

    @Test
    void sqlIsStatic() {
        noClasses()
                .should()
                .callMethod(Connection.class, "createStatement")
                .because("values are bound, never put into the text: use Database.query or execute")
                .check(CLASSES);
    }

    @Test
    void noProcessIsStartedHere() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .orShould()
                .callMethod(Runtime.class, "exec", String[].class)
                .because("processes are the fleet drivers' work: implement FleetDriver")
                .check(CLASSES);
    }

    @Test
    void nothingIsInjectedIntoFields() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Inject.class)
                .because("a constructor shows what a class needs: give it parameters")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.spillway.control.(*)..")
                .should()
                .beFreeOfCycles()
                .because("each package is to be understood with those below it alone")
                .check(CLASSES);
    }

    @Test
    void resourcesAreNamedAsSuch() {
        classes()
                .that()
                .areAnnotatedWith(jakarta.ws.rs.Path.class)
                .and()
                .doNotHaveSimpleName("NoSuchRoute")
                .should()
                .haveSimpleNameEndingWith("Resource")
                .because("that is how they are found")
                .check(CLASSES);
    }
}
