package io.spillway.policy.condition;

import io.spillway.policy.KnownNames;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// The codes of jurisdictions: ISO 3166 countries, the EU, and what the registry uses.
public final class Jurisdictions {
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private Jurisdictions() {}

    /// All codes that a policy may write.
    public static Set<String> of(KnownNames known) {
        var codes = new HashSet<>(COUNTRIES);
        codes.add("EU");
        for (var environment : known.environments().values()) {
            codes.addAll(environment.dataLocations());
            codes.addAll(environment.operatorJurisdictions());
        }
        return codes;
    }

    /// How to mend a code that is none.
    public static String hint(String written) {
        return written.equals("UK")
                ? "the code of the United Kingdom is GB"
                : "use ISO 3166 country codes, such as DE or CN, or EU";
    }
}
