package io.spillway.control.registry;

import io.spillway.api.connector.TokenRef;
import io.spillway.api.environment.ApiKey;
import io.spillway.api.environment.Endpoint;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Fleet;
import io.spillway.api.environment.Model;
import io.spillway.api.environment.PolicyDocument;
import io.spillway.api.environment.Pool;
import io.spillway.api.environment.RegistryObject;
import io.spillway.api.environment.Tenant;
import io.spillway.control.problem.Problem;
import io.spillway.control.problem.Refusal;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What single fields may hold, beyond what the records themselves refuse.
final class Fields {
    private static final Set<String> PROVIDERS = Set.of("onprem", "aws", "azure", "hosted", "edge");
    private static final Set<String> JURISDICTIONS = jurisdictions();

    private static final Pattern FINDING_TYPE = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private final List<Problem.Item> faults = new ArrayList<>();
    private final Set<String> dialects;
    private final Set<String> drivers;

    private Fields(Set<String> dialects, Set<String> drivers) {
        this.dialects = dialects;
        this.drivers = drivers;
    }

    /// Checks an object's fields.
    ///
    /// @param dialects wire formats that this installation has
    /// @param drivers fleet drivers that this installation has
    static void check(RegistryObject object, Set<String> dialects, Set<String> drivers) {
        var fields = new Fields(dialects, drivers);
        fields.check(object);
        if (!fields.faults.isEmpty()) {
            throw Refusal.invalid(fields.faults);
        }
    }

    private void check(RegistryObject object) {
        switch (object) {
            case Environment it -> environment(it);
            case Endpoint it -> endpoint(it);
            case Fleet it -> {
                known("driver", it.driver(), drivers);
                positive("scaleUpTtftMillis", it.scaleUpTtftMillis());
                positive("idleSeconds", it.idleSeconds());
                wholeNumber(it, "drainSeconds");
                wholeNumber(it, "requestsPerMachine");
            }
            case Tenant it -> {
                codes("allowedJurisdictions", it.allowedJurisdictions());
                var budget = it.monthlyBudget();
                if (budget != null && budget.nanos() < 0) {
                    fault("monthlyBudget", "is negative", "Use 0 to forbid paid pools.");
                }
                findingTypes("maskable", it.maskable());
            }
            case ApiKey it -> {
                var limit = it.requestsPerMinute();
                if (limit != null) {
                    positive("requestsPerMinute", limit);
                }
            }
            case Model _, Pool _, PolicyDocument _ -> {}
        }
    }

    private void environment(Environment environment) {
        known("provider", environment.provider(), PROVIDERS);
        codes("dataLocations", environment.dataLocations());
        codes("operatorJurisdictions", environment.operatorJurisdictions());
        for (var range : environment.addressRanges()) {
            try {
                AddressRange.parse(range);
            } catch (IllegalArgumentException e) {
                fault("addressRanges", message(e), "Write ADDRESS/BITS.");
            }
        }
        var anchor = environment.trustAnchorPem();
        if (anchor != null && !isCertificate(anchor)) {
            fault(
                    "trustAnchorPem",
                    "is not a certificate",
                    "Paste the PEM file of the authority, from BEGIN CERTIFICATE to END"
                            + " CERTIFICATE.");
        }
    }

    private void endpoint(Endpoint endpoint) {
        known("dialect", endpoint.dialect(), dialects);
        var url = endpoint.url();
        if (url.getRawUserInfo() != null
                || url.getRawQuery() != null
                || url.getRawFragment() != null) {
            fault("url", "has user info, query or fragment", "Use http://HOST:PORT alone.");
        }
        var path = url.getRawPath();
        if (path != null && (path.endsWith("/v1") || path.endsWith("/v1/"))) {
            fault("url", "ends with /v1", "Leave /v1 out: the router adds it.");
        }
        var tokenRef = endpoint.tokenRef();
        if (tokenRef != null) {
            try {
                TokenRef.parse(tokenRef);
            } catch (IllegalArgumentException e) {
                fault("tokenRef", message(e), "Keep the token itself out of the registry.");
            }
        }
    }

    private void known(String at, String value, Set<String> known) {
        if (!known.contains(value)) {
            fault(
                    at,
                    "'%s' is not known here".formatted(value),
                    "Use one of " + String.join(", ", new TreeSet<>(known)) + ".");
        }
    }

    private void codes(String at, Collection<String> codes) {
        for (var code : new TreeSet<>(codes)) {
            if (!JURISDICTIONS.contains(code)) {
                fault(
                        at,
                        "'%s' is not a jurisdiction".formatted(code),
                        "Use two-letter country codes (ISO 3166-1) in upper case, such as DE, or"
                                + " EU.");
            }
        }
    }

    /// Only their form is checked: which types there are is up to the policy in force.
    private void findingTypes(String at, Collection<String> types) {
        for (var type : new TreeSet<>(types)) {
            if (!FINDING_TYPE.matcher(type).matches()) {
                fault(
                        at,
                        "holds what cannot be a type of finding",
                        "Use types as policies name them, such as email or cn-id-card.");
            }
        }
    }

    private void positive(String at, long value) {
        if (value <= 0) {
            fault(at, "is %d".formatted(value), "Use a number greater than 0.");
        }
    }

    private void wholeNumber(Fleet fleet, String setting) {
        var text = fleet.settings().getOrDefault(setting, "1");
        if (!text.matches("[1-9][0-9]{0,8}")) {
            fault("settings." + setting, "'%s' is no number".formatted(text), "Use 1 or more.");
        }
    }

    private void fault(String at, String message, String hint) {
        faults.add(Problem.Item.at(at, message, hint));
    }

    private static boolean isCertificate(String pem) {
        try {
            return !CertificateFactory.getInstance("X.509")
                    .generateCertificates(
                            new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))
                    .isEmpty();
        } catch (CertificateException e) {
            return false; // the caller says so in its own words
        }
    }

    private static Set<String> jurisdictions() {
        var codes = new HashSet<>(Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2));
        codes.add("EU");
        return Set.copyOf(codes);
    }

    private static String message(IllegalArgumentException e) {
        return String.valueOf(e.getMessage());
    }
}
