package io.spillway.policy.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A random policy that asks only what [SmallWorld] goes through in full.
///
/// @param rules everything but the invariants, as YAML
/// @param never what must not happen
record SmallPolicy(String rules, List<String> never) {
    private static final List<String> CLASSES =
            List.of("public", "internal", "confidential", "restricted");
    private static final List<String> OF_THE_REQUEST =
            List.of(
                    "caller.attributes.vip",
                    "caller.tenant == 'acme'",
                    "caller.tenant != 'bank'",
                    "'image' in unscanned",
                    "model == 'chat'");
    private static final List<String> OF_FINDINGS =
            List.of("findings.exists(f, f.category == 'pii')", "size(findings) == 0");
    private static final List<String> OF_A_PLACE =
            List.of(
                    "environment.jurisdiction in ['DE']",
                    "environment.jurisdiction in ['DE', 'US']",
                    "environment.zone == 'public'",
                    "environment.name == 'aws-burst'",
                    "environment.clearance >= confidential");
    private static final List<String> OF_THE_LOAD =
            List.of("predictedTtft > duration('1s')", "predictedTtft <= duration('1s')");
    private static final List<String> TARGETS =
            List.of("zone: private", "zone: public", "environment: aws-burst");

    static SmallPolicy next(Random random) {
        return new Maker(random).policy();
    }

    /// The whole file, or the file without its invariants.
    String yaml(boolean withInvariants) {
        return withInvariants && !never.isEmpty()
                ? rules
                        + never.stream()
                                .map("  - never: \"%s\"\n"::formatted)
                                .collect(Collectors.joining("", "invariants:\n", ""))
                : rules;
    }

    private record Maker(Random random) {

        SmallPolicy policy() {
            var yaml =
                    new StringBuilder(
                            """
                            apiVersion: spillway/v1
                            kind: PolicySet
                            metadata: { name: small }
                            attributes: { vip: { type: bool } }
                            classification:
                              default: %s
                              rules: [ %s ]
                            placement:
                            """
                                    .formatted(pick(CLASSES.subList(0, 2)), raises()));
            for (int i = 0, rules = 1 + random.nextInt(3); i < rules; i++) {
                yaml.append("  - { name: p%d, ".formatted(i));
                if (random.nextInt(4) > 0) {
                    yaml.append("when: \"%s\", ".formatted(condition(placement())));
                }
                if (random.nextInt(4) == 0) {
                    yaml.append("degradeTo: small-chat, ");
                }
                yaml.append("use: [ %s ] }\n".formatted(use()));
            }
            if (random.nextInt(3) == 0) {
                yaml.append(
                        "residency: [ { name: r, when: \"%s\", allow: [%s] } ]\n"
                                .formatted(
                                        condition(placement()), pick(List.of("", "DE", "DE, US"))));
            }
            var never = new ArrayList<String>();
            for (int i = 1 + random.nextInt(2); i > 0; i--) {
                never.add("(%s) && (%s)".formatted(condition(invariant()), condition(OF_A_PLACE)));
            }
            return new SmallPolicy(yaml.toString(), never);
        }

        private String raises() {
            return IntStream.range(0, random.nextInt(3))
                    .mapToObj(it ->
                            "{ name: c%d, when: \"%s\", raise: %s }"
                                    .formatted(
                                            it,
                                            condition(join(OF_THE_REQUEST, OF_FINDINGS)),
                                            pick(CLASSES)))
                    .collect(Collectors.joining(", "));
        }

        private String use() {
            var entries = new ArrayList<String>();
            boolean predicted = random.nextInt(3) == 0;
            if (predicted) {
                entries.add("{ zone: private }"); // what a prediction is about
            }
            for (int i = 1 + random.nextInt(2); i > 0; i--) {
                var asked =
                        join(join(placement(), OF_A_PLACE), predicted ? OF_THE_LOAD : List.of());
                entries.add(
                        "{ %s%s%s }"
                                .formatted(
                                        pick(TARGETS),
                                        random.nextInt(2) == 0
                                                ? ""
                                                : ", when: \"%s\"".formatted(condition(asked)),
                                        random.nextInt(4) > 0
                                                ? ""
                                                : ", maxMicrosPer1kTokens: 1000"));
            }
            return String.join(", ", entries);
        }

        private List<String> placement() {
            return join(join(OF_THE_REQUEST, OF_FINDINGS), classes());
        }

        private List<String> invariant() {
            return join(OF_THE_REQUEST, classes());
        }

        private List<String> classes() {
            return List.of(
                    "dataClass >= " + pick(CLASSES.subList(1, 4)),
                    "dataClass < " + pick(CLASSES.subList(1, 4)),
                    "dataClass == " + pick(CLASSES));
        }

        private String condition(List<String> atoms) {
            return switch (random.nextInt(6)) {
                case 0 -> "(%s) && (%s)".formatted(pick(atoms), pick(atoms));
                case 1 -> "(%s) || (%s)".formatted(pick(atoms), pick(atoms));
                case 2 -> "!(%s)".formatted(pick(atoms));
                case 3 -> "(%s) && !(%s)".formatted(pick(atoms), pick(atoms));
                default -> pick(atoms);
            };
        }

        private String pick(List<String> from) {
            return from.get(random.nextInt(from.size()));
        }

        private static List<String> join(List<String> a, List<String> b) {
            var all = new ArrayList<>(a);
            all.addAll(b);
            return all;
        }
    }
}
