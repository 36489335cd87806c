package io.spillway.control.console;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/// The system's Chromium. Tests that need it are skipped where it is missing, with one loud line.
final class Chromium implements AutoCloseable {
    private static final List<Path> PLACES =
            List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"));
    private static final Path AXE = Path.of("src/main/webui/node_modules/axe-core/axe.min.js");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Path executable) {
        playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(executable)
                                        .setHeadless(true)
                                        .setArgs(
                                                List.of(
                                                        "--no-sandbox",
                                                        "--disable-gpu",
                                                        "--disable-quic",
                                                        "--no-first-run",
                                                        "--disable-background-networking",
                                                        "--disable-component-update",
                                                        "--disable-sync")));
    }

    /// Starts it, or skips the tests of the calling class.
    static Chromium startOrSkip() {
        var missing =
                executable().isEmpty()
                        ? "no Chromium at /usr/bin/chromium. Install it: apt-get install chromium"
                        : Files.exists(RecordedControlPlane.CONSOLE.resolve("index.html"))
                                ? null
                                : "the console was not built. Build without -Dquick, with Node"
                                        + " 20.19 or newer";
        if (missing != null) {
            System.err.println("[WARNING] BROWSER TESTS OF THE CONSOLE SKIPPED: " + missing);
        }
        Assumptions.assumeTrue(missing == null, missing);
        return new Chromium(executable().orElseThrow());
    }

    private static Optional<Path> executable() {
        return PLACES.stream().filter(Files::isExecutable).findFirst();
    }

    /// A fresh visitor.
    Visitor visitor(String url, ColorScheme theme, int width) {
        var context =
                browser.newContext(
                        new Browser.NewContextOptions()
                                .setViewportSize(width, 900)
                                .setColorScheme(theme)
                                .setLocale("en-US")
                                .setTimezoneId("UTC"));
        context.addInitScript(AXE);
        return new Visitor(context, url);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    /// One visitor of the console, with everything the browser complained about.
    static final class Visitor implements AutoCloseable {
        private final BrowserContext context;
        private final List<String> complaints = new java.util.concurrent.CopyOnWriteArrayList<>();
        private final String url;
        final Page page;

        private Visitor(BrowserContext context, String url) {
            this.context = context;
            this.url = url;
            page = context.newPage();
            page.setDefaultTimeout(20_000);
            page.onPageError(complaints::add);
            page.onConsoleMessage(message -> {
                // Refused calls are part of some tests; everything else is a fault.
                if (message.type().equals("error")
                        && !message.text().startsWith("Failed to load resource")) {
                    complaints.add(message.text());
                }
            });
        }

        /// Faults of scripts, and violations of the content security policy.
        List<String> complaints() {
            return complaints;
        }

        void open(String place) {
            page.navigate(url + "#" + place);
        }

        /// As [#open], with the token already in the tab.
        void openSignedIn(String place, String token) {
            context.addInitScript("sessionStorage.setItem('spillway.adminToken', '" + token + "')");
            open(place);
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
