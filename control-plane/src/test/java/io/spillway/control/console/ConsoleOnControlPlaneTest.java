package io.spillway.control.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.spillway.control.AdminRest.created;
import static io.spillway.control.AdminRest.endpoint;
import static io.spillway.control.AdminRest.environment;
import static io.spillway.control.AdminRest.get;
import static io.spillway.control.AdminRest.pool;
import static io.spillway.control.AdminRest.post;
import static io.spillway.control.AdminRest.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.state.JournalRecord;
import io.spillway.api.state.PoolLoad;
import io.spillway.control.AdminRest;
import io.spillway.control.Journals;
import io.spillway.control.PostgresForTests;
import io.spillway.control.capacity.LoadBoard;
import io.spillway.sync.capture.JournalIntake;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The console as the control plane serves it, on what its database holds.
@QuarkusTest
@QuarkusTestResource(PostgresForTests.class)
class ConsoleOnControlPlaneTest {
    private static final String HOME = "console-home";
    private static final String VERSION = "console-v1";
    private static final String ENDPOINT = "console-1";

    private static Chromium chromium;

    @TestHTTPResource("/")
    URI url;

    @Inject DataSource database;
    @Inject LoadBoard loads;

    private Chromium.Visitor visitor;
    private Page page;

    @BeforeAll
    static void start() {
        chromium = Chromium.startOrSkip();
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void anEnvironmentWithOneEndpoint() {
        created(put("environments/" + HOME, environment(HOME, "private", List.of("127.0.0.0/8"))));
        created(put("pools/" + HOME + "/" + VERSION, pool(HOME, VERSION)));
        created(
                put(
                        "endpoints/" + ENDPOINT,
                        endpoint(ENDPOINT, HOME, VERSION, "http://127.0.0.1:9")));
        visitor = chromium.visitor(url.toString(), ColorScheme.LIGHT, 1440);
        page = visitor.page;
    }

    @AfterEach
    void leave() {
        assertThat(visitor.complaints()).as("what the browser complained about").isEmpty();
        visitor.close();
    }

    @Test
    void theAdminTokenOpensWhatTheRegistryHolds() {
        visitor.open("/environments");
        page.getByLabel("Admin token").fill("spw-admin-wrong");
        button("Sign in").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("did not accept this token");

        page.getByLabel("Admin token").fill(AdminRest.token());
        button("Sign in").click();

        var home = page.locator("article", new Page.LocatorOptions().setHasText(HOME));
        assertThat(home).containsText("Cleared up to restricted");
        assertThat(home).containsText(ENDPOINT);
    }

    @Test
    void loadThatARouterReportsAppearsByItself() {
        visitor.openSignedIn("/environments", AdminRest.token());
        var home = page.locator("article", new Page.LocatorOptions().setHasText(HOME));
        assertThat(home).containsText("no report");

        loads.post(
                List.of(
                        new PoolLoad(
                                "router-console",
                                Instant.now(),
                                new PoolKey(HOME, VERSION),
                                1,
                                17,
                                3,
                                0,
                                OptionalLong.of(2345))),
                Instant.now());

        assertThat(home).containsText("17");
        assertThat(home).containsText("2.35 s");
    }

    @Test
    void aDecisionFromTheJournalIsExplainedOneClickAway() throws SQLException {
        visitor.openSignedIn("/decisions", AdminRest.token());
        new JournalIntake(database)
                .accept(
                        new JournalRecord.Batch(
                                "router-console", 1, 1, Journals.served("console-decision")));

        page.locator("#decision-console-decision").click();

        var explanation = page.locator(".sw-explanation");
        assertThat(explanation).containsText("away/m served it after 5 ms in the queue.");
        assertThat(explanation).containsText("/messages/0/content");
        assertThat(explanation).containsText("the-rest-may-spill");
        assertThat(explanation).containsText("$0.000003");
        assertThat(explanation).containsText("280 ms");
        assertThat(page).hasURL(url + "#/decisions?id=console-decision");
    }

    @Test
    void drainingInTheConsoleDrainsInTheRegistry() {
        visitor.openSignedIn("/endpoints", AdminRest.token());

        button("Drain " + ENDPOINT).click();
        assertThat(page.getByText(ENDPOINT + " is draining")).isVisible();
        get("endpoints/" + ENDPOINT).body("state", equalTo("draining"));

        post("endpoints/" + ENDPOINT + "/resume").statusCode(200);
        assertThat(button("Drain " + ENDPOINT)).isVisible();
    }

    @Test
    void everyPageShowsWhatTheControlPlaneAnswers() {
        visitor.openSignedIn("/", AdminRest.token());
        for (var place : List.of("/", "/capacity", "/policies", "/sync")) {
            visitor.open(place);

            assertThat(page.locator(".sw-pulse")).isVisible();
            assertThat(page.getByRole(AriaRole.STATUS)).hasCount(0);
            assertThat(page.getByRole(AriaRole.ALERT)).hasCount(0);
        }
    }

    @Test
    void theServerSendsThePolicyThatTheConsoleIsTestedUnder() {
        var response = page.navigate(url.toString());

        assertThat(response.headerValue("content-security-policy"))
                .isEqualTo(RecordedControlPlane.POLICY);
        assertThat(response.headerValue("cache-control")).isEqualTo("no-cache");
    }

    private com.microsoft.playwright.Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name));
    }
}
