package io.spillway.api.environment;

import java.util.regex.Pattern;

/// The one rule for names of registry objects, which appear in URLs, headers and file names.
public final class Names {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._:-]{0,127}");

    private Names() {}

    /// Checks a name.
    ///
    /// @return the same name
    /// @throws IllegalArgumentException saying what a name may be made of
    public static String check(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "%s name '%s' is not valid; use 1 to 128 letters, digits, '.', '_', ':' or '-', beginning with a letter or digit"
                            .formatted(what, name));
        }
        return name;
    }
}
