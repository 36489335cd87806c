package io.spillway.connector.onprem.dialect.vllm;

import io.spillway.api.connector.LoadReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The samples of a metrics page that tell the load of one model.
///
/// The rules, each of which a public consumer got wrong: whole family names count, never prefixes;
/// one sample per data-parallel engine, of which requests add up and cache use takes the highest;
/// several models share a page; what is missing is unknown, not zero.
final class LoadPage {
    private static final Set<String> FAMILIES = new HashSet<>();

    static {
        Stream.of(
                        MetricNames.RUNNING,
                        MetricNames.WAITING_BY_REASON,
                        MetricNames.WAITING,
                        MetricNames.CACHE_USED,
                        MetricNames.SLEEP_STATE)
                .forEach(FAMILIES::addAll);
    }

    private final List<Sample> samples;

    private LoadPage(List<Sample> samples) {
        this.samples = samples;
    }

    /// Reads a page and keeps what concerns the model.
    ///
    /// A server names only the first of a model's aliases on its page. So when no sample has the
    /// name asked for and the page is about one model, that is the one.
    static LoadPage read(String page, String upstreamModel) {
        var samples = new ArrayList<Sample>();
        var models = new HashSet<String>();
        page.substring(0, page.lastIndexOf('\n') + 1) // a last line without its end may be cut
                .lines()
                .filter(line -> FAMILIES.contains(Sample.family(line)))
                .flatMap(line -> Sample.parse(line).stream())
                .forEach(sample -> {
                    samples.add(sample);
                    model(sample).ifPresent(models::add);
                });
        if (models.contains(upstreamModel) || models.size() > 1) {
            samples.removeIf(s -> model(s).filter(m -> !m.equals(upstreamModel)).isPresent());
        }
        return new LoadPage(samples);
    }

    /// The report; empty when the page does not tell what is running and what is waiting.
    Optional<LoadReport> toReport(Instant readAt) {
        var running = requests(MetricNames.RUNNING, _ -> true);
        var capacity =
                requests(
                        MetricNames.WAITING_BY_REASON,
                        s -> "capacity".equals(s.labels().get("reason")));
        var waiting = capacity.isPresent() ? capacity : requests(MetricNames.WAITING, _ -> true);
        if (running.isEmpty() || waiting.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new LoadReport(running.get(), waiting.get(), cacheUsed(), asleep(), readAt));
    }

    private Optional<Integer> requests(List<String> names, Predicate<Sample> which) {
        var found = firstPresent(names, which);
        if (found.isEmpty() || !found.stream().allMatch(s -> isCount(s.value()))) {
            return Optional.empty();
        }
        return Optional.of((int) found.stream().mapToDouble(Sample::value).sum());
    }

    private OptionalDouble cacheUsed() {
        var found = firstPresent(MetricNames.CACHE_USED, _ -> true);
        return found.stream().allMatch(s -> s.value() >= 0 && s.value() <= 1)
                ? found.stream().mapToDouble(Sample::value).max()
                : OptionalDouble.empty();
    }

    /// One sleeping engine is enough: its zeros would make the sum look idle.
    private boolean asleep() {
        return firstPresent(MetricNames.SLEEP_STATE, _ -> true).stream()
                .anyMatch(s ->
                        "awake".equals(s.labels().get("sleep_state"))
                                ? s.value() == 0
                                : s.value() == 1);
    }

    private List<Sample> firstPresent(List<String> names, Predicate<Sample> which) {
        return names.stream()
                .map(name ->
                        samples.stream()
                                .filter(s -> s.family().equals(name))
                                .filter(which)
                                .toList())
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static Optional<String> model(Sample sample) {
        return Optional.ofNullable(sample.labels().get("model_name"));
    }

    private static boolean isCount(double value) {
        return value >= 0 && value < 1_000_000 && value == Math.rint(value);
    }
}
