package io.spillway.policy.verify;

import com.microsoft.z3.BitVecNum;
import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.Model;
import io.spillway.api.decision.PoolFacts;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Money;
import io.spillway.api.environment.Pool;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.environment.Tenant;
import io.spillway.api.request.Caller;
import io.spillway.api.request.Classification;
import io.spillway.api.request.Classification.Source;
import io.spillway.api.request.Finding;
import io.spillway.api.request.Operation;
import io.spillway.api.request.RequestFacts;
import io.spillway.policy.condition.Fact;
import io.spillway.policy.condition.Scope;
import io.spillway.policy.condition.Term;
import io.spillway.policy.features.Features;
import io.spillway.policy.features.Features.Masked;
import io.spillway.policy.features.Features.ModelFacts;
import io.spillway.policy.verify.PolicyTerms.Way;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Spells out what the solver found as the features of one request.
final class Examples {
    private static final String ANY_VERSION = "any-version";

    private final PolicyTerms policy;
    private final Inventory inventory;
    private final List<Finding> kinds;

    Examples(PolicyTerms policy, Inventory inventory) {
        this.policy = policy;
        this.inventory = inventory;
        this.kinds = policy.kinds;
    }

    /// The request of a model of the solver.
    ///
    /// @param way the way it takes, null when it takes none
    /// @param servedAs the smaller model it was degraded to
    Features of(Model model, @Nullable Way way, @Nullable String servedAs) {
        var request = request(model, way);
        var needed = new LinkedHashSet<PlaceTerms>();
        var ready = new LinkedHashSet<PlaceTerms>();
        var known = OptionalLong.empty();
        if (way != null) {
            known = prediction(model, way);
            needed.add(way.place());
            before(model, way, servedAs)
                    .forEach(it -> {
                        needed.add(it);
                        ready.add(it);
                    });
        }
        var environments = new ArrayList<>(inventory.environments());
        for (var place : needed) {
            if (place.known() == null) {
                environments.add(environment(model, place));
            }
        }
        var models = models(model, request.model(), environments, servedAs);
        var versions = new TreeSet<String>();
        versions.add(versions(request.model()).getFirst());
        versions.add(versions(servedAs == null ? request.model() : servedAs).getFirst());
        var pools = new ArrayList<PoolFacts>();
        var prices = new ArrayList<Pool>();
        var free = Money.zero("USD");
        for (var place : needed) {
            for (var version : versions) {
                var name = text(model, place.name());
                prices.add(new Pool(name, version, version, free, free));
                var prediction = ready.contains(place) ? known : OptionalLong.empty();
                pools.add(new PoolFacts(new PoolKey(name, version), 1, 1, prediction));
            }
        }
        return new Features(
                request,
                findings(model),
                floors(request.caller().tenant()),
                environments,
                models,
                servedAs,
                pools,
                prices,
                Moments.of(model, policy.request.clocks),
                masked(model, request.unscanned()));
    }

    /// The same request from another tenant, with a key that grants an environment. What masking
    /// left of the first is not known of the second, so nothing is masked.
    Features from(String tenant, String environment, Features features) {
        var caller = features.request().caller();
        var allowed = tenant(tenant).map(Tenant::allowedJurisdictions);
        var other =
                new Caller(
                        tenant,
                        caller.team(),
                        key(environment, tenant),
                        caller.roles(),
                        caller.attributes(),
                        allowed.orElse(caller.allowedJurisdictions()),
                        caller.debug());
        var models = new HashMap<String, ModelFacts>();
        features.models()
                .keySet()
                .forEach(it -> models.put(it, facts(tenant, it, features.environments())));
        return new Features(
                features.request().calledBy(other),
                features.findings(),
                floors(tenant),
                features.environments(),
                models,
                features.servedAs(),
                features.pools(),
                features.prices(),
                features.now());
    }

    private Optional<Tenant> tenant(String name) {
        return inventory.tenants().stream().filter(it -> it.name().equals(name)).findFirst();
    }

    private List<Masked> masked(Model model, Set<String> unscanned) {
        var all = new ArrayList<Masked>();
        for (var types : policy.asked.masks()) {
            policy.classes
                    .afterMasking(types)
                    .map(it -> it.in(model))
                    .map(it ->
                            new Classification(
                                    it,
                                    unscanned,
                                    List.of(),
                                    List.of(new Source("after masking", it))))
                    .ifPresent(it -> all.add(new Masked(types, it)));
        }
        return all;
    }

    private int size(Model model, Fact fact, int otherwise) {
        var size = policy.request.sizes.get(fact);
        return size == null
                ? otherwise
                : ((BitVecNum) model.eval(size, true)).getBigInteger().intValue();
    }

    /// What a place is called in a model of the solver.
    String name(Model model, PlaceTerms place) {
        return text(model, place.name());
    }

    private static boolean holds(Model model, BoolExpr expr) {
        return model.eval(expr, true).isTrue();
    }

    private RequestFacts request(Model model, @Nullable Way way) {
        var terms = policy.request;
        var tenant = Objects.requireNonNull(terms.tenant.in(model));
        var caller =
                new Caller(
                        tenant,
                        terms.team.in(model),
                        key(environment(way), tenant),
                        chosen(model, terms.roles),
                        attributes(model),
                        allowed(model, tenant),
                        false);
        var operation = Objects.requireNonNull(terms.operation.in(model));
        return new RequestFacts(
                Operation.valueOf(operation.toUpperCase(Locale.ROOT)),
                Objects.requireNonNull(terms.model.in(model)),
                caller,
                holds(model, terms.stream),
                terms.floor.in(model),
                chosen(model, terms.unscanned),
                size(model, Fact.BODY_BYTES, 1_000),
                size(model, Fact.EXPECTED_PROMPT_TOKENS, 250),
                null);
    }

    private static Set<String> chosen(Model model, Map<String, BoolExpr> choices) {
        return choices.entrySet().stream()
                .filter(it -> holds(model, it.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private Map<String, String> attributes(Model model) {
        var all = new HashMap<String, String>();
        policy.request.attributes.forEach((name, it) -> {
            if (holds(model, it.has())) {
                all.put(name, attribute(model, it));
            }
        });
        return all;
    }

    private static String attribute(Model model, RequestTerms.Attribute attribute) {
        if (holds(model, attribute.malformed())) {
            return "?";
        }
        return switch (attribute.kind()) {
            case Term.Kind.WHOLE ->
                    String.valueOf(
                            ((BitVecNum) model.eval(attribute.whole(), true))
                                    .getBigInteger()
                                    .longValue());
            case Term.Kind.FLAG -> String.valueOf(holds(model, attribute.flag()));
            default -> Objects.requireNonNull(attribute.text().in(model));
        };
    }

    private Set<String> allowed(Model model, String tenant) {
        return tenant(tenant)
                .map(Tenant::allowedJurisdictions)
                .orElseGet(() -> policy.guard.allowedIn(it -> holds(model, it)));
    }

    /// A key of the tenant that grants the environment; any name where none is known.
    private String key(@Nullable String environment, String tenant) {
        return inventory.keys().stream()
                .filter(it -> it.tenant().equals(tenant))
                .filter(it -> environment == null || it.maySpill().contains(environment))
                .map(Inventory.KeyGrant::id)
                .findFirst()
                .orElse("any-key");
    }

    private static @Nullable String environment(@Nullable Way way) {
        var known = way == null ? null : way.place().known();
        return known == null ? null : known.name();
    }

    private List<Finding> findings(Model model) {
        var all = new ArrayList<Finding>();
        for (int i = 0; i < kinds.size(); i++) {
            if (holds(model, policy.request.present.get(i))) {
                int count = 1;
                if (!policy.request.counts.isEmpty()) {
                    var number = (BitVecNum) model.eval(policy.request.counts.get(i), true);
                    count = (int) Math.min(Scope.MOST_FINDINGS, number.getBigInteger().longValue());
                }
                for (int k = 0; k < count; k++) {
                    all.add(kinds.get(i));
                }
            }
        }
        if (holds(model, policy.request.tooMany)) {
            var one = all.isEmpty() ? kinds.getFirst() : all.getFirst();
            all.addAll(Collections.nCopies(Scope.MOST_FINDINGS + 1, one));
        }
        return all;
    }

    private List<Source> floors(String tenant) {
        return tenant(tenant).map(it -> new Source("tenant", it.floor())).stream().toList();
    }

    private static Environment environment(Model model, PlaceTerms place) {
        Predicate<BoolExpr> holds = it -> holds(model, it);
        return new Environment(
                text(model, place.name()),
                place.zone(),
                text(model, place.provider()),
                text(model, place.region()),
                codes(place.dataIn(), holds),
                codes(place.operatorIn(), holds),
                place.clearance().in(model),
                List.of(),
                null);
    }

    private static Set<String> codes(Map<String, BoolExpr> codes, Predicate<BoolExpr> holds) {
        return codes.entrySet().stream()
                .filter(it -> holds.test(it.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String text(Model model, TextValue value) {
        return switch (value) {
            case TextValue.Literal(var known) -> known;
            case TextVariable variable -> Objects.requireNonNull(variable.in(model));
        };
    }

    private Map<String, ModelFacts> models(
            Model model,
            String requested,
            List<Environment> environments,
            @Nullable String servedAs) {
        var tenant = Objects.requireNonNull(policy.request.tenant.in(model));
        var all = new HashMap<String, ModelFacts>();
        all.put(requested, facts(tenant, requested, environments));
        if (servedAs != null) {
            all.put(servedAs, facts(tenant, servedAs, environments));
        }
        return all;
    }

    /// Grants as the registry has them; what is not in it can grant everything.
    private ModelFacts facts(String tenant, String name, List<Environment> environments) {
        var grants = environments.stream().map(Environment::name).collect(Collectors.toSet());
        var known =
                inventory.environments().stream()
                        .map(Environment::name)
                        .collect(Collectors.toSet());
        tenant(tenant)
                .ifPresent(it ->
                        grants.removeIf(place ->
                                known.contains(place)
                                        && !(it.maySpill().contains(place)
                                                && inventory.keyGrants(tenant).contains(place))));
        var found = inventory.models().stream().filter(it -> it.name().equals(name)).findFirst();
        found.ifPresent(it ->
                grants.removeIf(place -> known.contains(place) && !it.maySpill().contains(place)));
        return new ModelFacts(
                versions(name),
                grants,
                found.map(io.spillway.api.environment.Model::spillableUnscanned)
                        .orElse(policy.request.unscanned.keySet()));
    }

    private List<String> versions(String name) {
        return inventory.models().stream()
                .filter(it -> it.name().equals(name))
                .map(io.spillway.api.environment.Model::versions)
                .findFirst()
                .orElse(List.of(ANY_VERSION));
    }

    /// The environment of an earlier entry whose prediction this way's condition reads.
    private List<PlaceTerms> before(Model model, Way way, @Nullable String servedAs) {
        if (way.entry() == 0
                || way.entry() >= policy.request.predictions.size()
                || holds(model, policy.request.prediction(way.entry()).unknown())) {
            return List.of();
        }
        var earlier =
                policy.taken(model).stream()
                        .filter(it -> it.rule() == way.rule() && it.entry() < way.entry())
                        .toList();
        return earlier.stream()
                .filter(it -> holds(model, policy.guarded(it, servedAs)))
                .findFirst()
                .or(() -> earlier.stream().findFirst())
                .map(Way::place)
                .stream()
                .toList();
    }

    private OptionalLong prediction(Model model, Way way) {
        if (way.entry() >= policy.request.predictions.size()) {
            return OptionalLong.empty(); // no condition reads it
        }
        var millis = (BitVecNum) model.eval(policy.request.prediction(way.entry()).millis(), true);
        return OptionalLong.of(millis.getBigInteger().longValue());
    }
}
