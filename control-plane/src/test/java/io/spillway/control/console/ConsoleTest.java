package io.spillway.control.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotAnimations;
import io.spillway.control.console.RecordedControlPlane.Mood;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The built console in a real browser, under the content security policy that the control plane
/// sends.
class ConsoleTest {
    private static final List<String> PLACES =
            List.of(
                    "/",
                    "/environments",
                    "/endpoints",
                    "/decisions",
                    "/capacity",
                    "/policies",
                    "/tenants",
                    "/sync");
    private static final Pattern COUNTEREXAMPLE = Pattern.compile("^(Counterexample|反例)");
    private static final Pattern EXPLAIN = Pattern.compile("^(Explain|解释) ");

    private static Chromium chromium;
    private static RecordedControlPlane controlPlane;

    private Chromium.Visitor visitor;
    private Page page;

    @BeforeAll
    static void start() throws IOException {
        chromium = Chromium.startOrSkip();
        controlPlane = new RecordedControlPlane();
    }

    @AfterAll
    static void stop() {
        if (controlPlane != null) {
            controlPlane.close();
            chromium.close();
        }
    }

    @BeforeEach
    void visit() {
        controlPlane.be(Mood.BUSY);
        visit(ColorScheme.LIGHT, 1440);
    }

    @AfterEach
    void leave() {
        assertThat(visitor.complaints()).as("what the browser complained about").isEmpty();
        visitor.close();
    }

    @Test
    void theAdminTokenOpensTheConsoleAndAnotherDoesNot() {
        visitor.open("/environments");

        page.getByLabel("Admin token").fill("another");
        button("Sign in").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("did not accept this token");

        page.getByLabel("Admin token").fill(RecordedControlPlane.TOKEN);
        button("Sign in").click();
        assertThat(heading("Environments")).isVisible();
    }

    @Test
    void theEnvironmentsPageShowsWhatEachMaySeeAndHowBusyItIs() {
        signedIn("/environments");

        var onprem = page.locator("article", new Page.LocatorOptions().setHasText("onprem-1"));
        assertThat(onprem).containsText("private");
        assertThat(onprem).containsText("Cleared up to restricted");
        assertThat(onprem).containsText("1.73 s");
        var burst = page.locator("article", new Page.LocatorOptions().setHasText("burst-2"));
        assertThat(burst).containsText("Cleared up to internal");
        assertThat(burst).containsText("starting");
    }

    @Test
    void aDecisionIsExplainedOneClickAway() {
        signedIn("/decisions");

        page.getByText("confidential").first().click();

        var explanation = explanation();
        assertThat(explanation).containsText("sensitive-stays-home");
        assertThat(explanation).containsText("/messages/0/content");
        assertThat(explanation).containsText("First token, measured");
        assertThat(page).hasURL(Pattern.compile("#/decisions\\?id=.+"));
    }

    @Test
    void aLinkedExplanationOpensAgain() {
        signedIn("/decisions?outcome=denied");
        explainFirst();
        assertThat(explanation()).containsText("HTTP 403");

        page.reload();

        assertThat(explanation()).containsText("HTTP 403");
    }

    @Test
    void theKeyboardAloneReachesAnExplanationAndComesBack() {
        signedIn("/decisions");
        var first =
                page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(EXPLAIN)).first();
        assertThat(first).isVisible();

        tabTo(first);
        page.keyboard().press("Enter");
        assertThat(explanation()).containsText("Weighing");
        page.keyboard().press("Escape");

        assertThat(explanation()).isHidden();
        assertThat(first).isFocused();
    }

    @Test
    void whereNothingIsYetThePageTellsTheCommand() {
        controlPlane.be(Mood.EMPTY);
        signedIn("/environments");
        assertThat(page.getByText("./spillway endpoints add --environment onprem")).isVisible();

        visitor.open("/decisions");
        assertThat(page.getByText("./spillway replay")).isVisible();
    }

    @Test
    void aFailureIsShownWithItsHintAndTriedAgain() {
        controlPlane.be(Mood.FAILING);
        signedIn("/environments");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("The database is away");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Start it with ./spillway up.");

        controlPlane.be(Mood.BUSY);
        button("Try again").click();

        assertThat(page.getByText("onprem-1")).isVisible();
    }

    @Test
    void theConsoleSpeaksChineseAndRemembersIt() {
        signedIn("/environments");

        page.getByLabel("Language").selectOption("zh");

        assertThat(heading("环境")).isVisible();
        assertThat(page.getByText("许可至受限级")).isVisible();
        page.reload();
        assertThat(heading("环境")).isVisible();
        assertThat(page.locator("html")).hasAttribute("lang", "zh-CN");
    }

    @ParameterizedTest(name = "{0} theme, {1}")
    @CsvSource({"light,en", "dark,en", "light,zh", "dark,zh"})
    void noPageHasAnAccessibilityViolation(String theme, String language) {
        again(ColorScheme.valueOf(theme.toUpperCase(java.util.Locale.ROOT)), 1440);
        page.addInitScript("localStorage.setItem('spillway.language', '" + language + "')");
        var violations = new ArrayList<String>();
        visitor.open("/");
        assertThat(page.locator("#token")).isVisible();
        violations.addAll(axe("sign-in"));

        page.addInitScript(
                "sessionStorage.setItem('spillway.adminToken', '"
                        + RecordedControlPlane.TOKEN
                        + "')");
        page.reload();
        for (var place : PLACES) {
            visitor.open(place);
            settled();
            violations.addAll(axe(place));
        }
        visitor.open("/policies");
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(COUNTEREXAMPLE))
                .first()
                .click();
        assertThat(page.locator(".pf-m-expanded > .pf-v6-c-expandable-section__content"))
                .hasCSS("opacity", "1");
        violations.addAll(axe("counterexample"));
        visitor.open("/decisions");
        explainFirst();
        assertThat(explanation().locator("ol li").first()).isVisible();
        violations.addAll(axe("explanation"));

        assertThat(violations).isEmpty();
        assertThat(page.locator("html.pf-v6-theme-dark")).hasCount(theme.equals("dark") ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({"EMPTY", "FAILING"})
    void statesOfExceptionHaveNoAccessibilityViolation(Mood mood) {
        controlPlane.be(mood);
        signedIn("/");
        var violations = new ArrayList<String>();
        for (var place : PLACES) {
            visitor.open(place);
            assertThat(page.locator("h1")).isVisible();
            assertThat(page.getByRole(AriaRole.STATUS)).hasCount(0);
            violations.addAll(axe(place));
        }

        assertThat(violations).isEmpty();
    }

    @Test
    void aNarrowScreenShowsEveryPageWithoutScrollingSideways() {
        again(ColorScheme.LIGHT, 400);
        signedIn("/");
        for (var place : PLACES) {
            visitor.open(place);
            settled();
            var overhang =
                    (Number)
                            page.evaluate(
                                    "() => { const main = document.querySelector('main'); return"
                                            + " main.scrollWidth - main.clientWidth; }");
            assertThat(overhang.intValue()).as(place).isLessThanOrEqualTo(0);
        }
    }

    @Test
    void theFirstLoadIsSmall() {
        var scripts = new ArrayList<Integer>();
        page.onResponse(response -> {
            if (response.url().endsWith(".js")) {
                scripts.add(zipped(response.body()));
            }
        });

        visitor.open("/");
        assertThat(page.locator("#token")).isVisible();
        page.waitForLoadState(com.microsoft.playwright.options.LoadState.NETWORKIDLE);

        assertThat(scripts).isNotEmpty();
        assertThat(scripts.stream().mapToInt(it -> it).sum()).isLessThan(240 * 1024);
    }

    /// Refreshes the pictures of the documentation from a running stack (`spillway up`, then
    /// `spillway replay` while this runs): `-Dtest=ConsoleTest
    /// -Dspillway.console.pictures=STATE-DIRECTORY`.
    @Test
    @EnabledIfSystemProperty(named = "spillway.console.pictures", matches = ".+")
    void picturesForTheDocumentation() throws IOException {
        var stack = Path.of(System.getProperty("spillway.console.pictures"));
        var urls = new ObjectMapper().readTree(stack.resolve("endpoints.json").toFile());
        visitor.close();
        visitor = chromium.visitor(urls.path("consoleUrl").asText(), ColorScheme.LIGHT, 1440);
        page = visitor.page;
        visitor.openSignedIn(
                "/environments", Files.readString(stack.resolve("admin-token")).strip());
        settled();
        picture("console-environments", 640);

        // One whose content raised its class.
        visitor.open("/decisions");
        var finding = explanation().getByText("rule:").first();
        assertThat(page.getByText("confidential").first()).isVisible();
        for (var row : page.getByText("confidential").all()) {
            row.click();
            assertThat(explanation()).containsText("Weighing");
            if (finding.isVisible()) {
                break;
            }
        }
        picture("console-decisions", 1100);
    }

    private void picture(String name, int height) {
        page.setViewportSize(1440, height);
        page.evaluate("() => document.fonts.ready");
        page.mouse().move(0, 0);
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setPath(Path.of("../docs/images/" + name + ".png"))
                        .setAnimations(ScreenshotAnimations.DISABLED));
    }

    private void visit(ColorScheme theme, int width) {
        visitor = chromium.visitor(controlPlane.url().toString(), theme, width);
        page = visitor.page;
    }

    private void again(ColorScheme theme, int width) {
        visitor.close();
        visit(theme, width);
    }

    private void signedIn(String place) {
        visitor.openSignedIn(place, RecordedControlPlane.TOKEN);
    }

    private Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name));
    }

    private Locator heading(String name) {
        return page.getByRole(
                AriaRole.HEADING, new GetByRoleOptions().setName(name).setLevel(1).setExact(true));
    }

    private Locator explanation() {
        return page.locator(".sw-explanation");
    }

    private void explainFirst() {
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(EXPLAIN)).first().click();
    }

    /// Waits until the page shows data: its freshness label is there and nothing is loading.
    private void settled() {
        assertThat(page.locator(".sw-pulse")).isVisible();
        assertThat(page.getByRole(AriaRole.STATUS)).hasCount(0);
    }

    private void tabTo(Locator target) {
        for (var presses = 0; presses < 60; presses++) {
            page.keyboard().press("Tab");
            if ((Boolean) target.evaluate("it => it === document.activeElement")) {
                return;
            }
        }
        throw new AssertionError("60 presses of Tab did not reach it");
    }

    @SuppressWarnings("unchecked")
    private List<String> axe(String place) {
        var report =
                (Map<String, Object>)
                        page.evaluate(
                                """
                                async () => {
                                  const { passes, violations } = await axe.run(document);
                                  const faults = violations.flatMap(rule => rule.nodes.map(node =>
                                    ({rule: rule.id, html: node.html, why: node.failureSummary})));
                                  return { passed: passes.map(rule => rule.id), faults };
                                }
                                """);
        // An audit of a blank page would pass as well.
        assertThat((List<String>) report.get("passed"))
                .as(place)
                .contains("color-contrast", "button-name", "page-has-heading-one")
                .hasSizeGreaterThan(15);
        return ((List<Map<String, Object>>) report.get("faults"))
                .stream()
                        .map(it ->
                                "%s: %s %s %s"
                                        .formatted(
                                                place,
                                                it.get("rule"),
                                                it.get("html"),
                                                it.get("why")))
                        .toList();
    }

    private static int zipped(byte[] body) {
        var out = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(out)) {
            zip.write(body);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return out.size();
    }
}
