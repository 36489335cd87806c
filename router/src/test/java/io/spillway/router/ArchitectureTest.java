package io.spillway.router;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.URI;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses ROUTER =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.spillway.router");

    @Test
    void onlyForwardingOpensOutboundConnections() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.spillway.router.forwarding")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("io.vertx.core.http.HttpClient")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("io.vertx.core.http.HttpClientRequest")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net.http..", "io.vertx.ext.web.client..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("io.vertx.core.net.NetClient")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.Socket")
                .because("a request may leave only with an egress permit: use InferenceClient.send")
                .check(ROUTER);
    }

    @Test
    void onlyTheGuardIssuesPermits() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.spillway.router.forwarding.EgressGuard")
                .should()
                .callConstructorWhere(
                        com.tngtech.archunit.base.DescribedPredicate.describe(
                                "it makes an EgressPermit",
                                call ->
                                        call.getTargetOwner()
                                                .getName()
                                                .equals(
                                                        "io.spillway.router.forwarding.EgressPermit")))
                .because("a permit made elsewhere was not checked")
                .check(ROUTER);
    }

    @Test
    void theGuardSharesNoCodeWithPolicies() {
        noClasses()
                .that()
                .resideInAPackage("io.spillway.router.forwarding")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.spillway.policy..",
                        "io.spillway.router.decision..",
                        "io.spillway.router.classification..")
                .because("one mistake must not be able to open both gates")
                .check(ROUTER);
    }

    @Test
    void theDecidingCoreDoesNoInputOrOutput() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.spillway.router.decision",
                        "io.spillway.router.admission",
                        "io.spillway.router.balancing")
                .should()
                .dependOnClassesThat(
                        // A URI is a value; everything else there opens something.
                        resideInAnyPackage(
                                        "io.vertx..",
                                        "io.quarkus..",
                                        "io.netty..",
                                        "java.net..",
                                        "jakarta..")
                                .and(not(type(URI.class))))
                .because("it also runs in the simulator and in property tests")
                .check(ROUTER);
    }

    @Test
    void theRouterStartsNoProcessAndKnowsNoControlPlane() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.spillway.control..",
                        "io.spillway.connector..",
                        "io.spillway.sync.capture..",
                        "io.debezium..",
                        "io.spillway.policy.verify..",
                        "com.microsoft.z3..",
                        "java.sql..",
                        "javax.script..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .orShould()
                .callMethod(Runtime.class, "exec", String.class)
                .because("what serves callers must not be able to change the installation")
                .check(ROUTER);
    }
}
