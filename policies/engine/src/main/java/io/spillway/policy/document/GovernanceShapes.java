package io.spillway.policy.document;

import static io.spillway.policy.document.Shape.Key.name;
import static io.spillway.policy.document.Shape.Key.optional;
import static io.spillway.policy.document.Shape.Key.required;
import static io.spillway.policy.document.Shape.Value.ANY_TEXT;
import static io.spillway.policy.document.Shape.Value.words;

import io.spillway.policy.document.PolicySet.Per;
import io.spillway.policy.document.Shape.Value.Condition;
import io.spillway.policy.document.Shape.Value.Listing;
import io.spillway.policy.document.Shape.Value.Text;
import io.spillway.policy.document.Shape.Value.Whole;
import java.util.List;

/// The mappings of `residency`, `priorities`, `limits` and `budgets`.
final class GovernanceShapes {
    static final Shape RESIDENCY =
            new Shape(
                    "a residency rule",
                    "Narrows the jurisdictions that data may enter. All rules that match apply.",
                    List.of(
                            name("residency rule"),
                            optional(
                                    "when",
                                    new Condition(),
                                    "When it applies; always when left out.",
                                    "\"caller.tenant == 'bank'\""),
                            required(
                                    "allow",
                                    new Listing(new Text("^[A-Z]{2}$"), 0),
                                    "Codes that stay allowed; none means private only.",
                                    "[\"DE\", \"FR\"]")));

    static final Shape PRIORITY =
            new Shape(
                    "a priority rule",
                    "The place in the queue. The first rule that matches decides.",
                    List.of(
                            name("priority rule"),
                            optional(
                                    "when",
                                    new Condition(),
                                    "When it matches; always when left out.",
                                    "\"operation == 'chat' && stream\""),
                            required(
                                    "priority",
                                    new Whole(0, 9),
                                    "9 is served first, 5 is usual; a caller can ask for less.",
                                    "7")));

    static final Shape LIMIT =
            new Shape(
                    "a limit",
                    "Bounds what callers may ask of one router. All limits that match apply.",
                    List.of(
                            name("limit"),
                            optional(
                                    "when",
                                    new Condition(),
                                    "When it applies; always when left out.",
                                    "\"caller.tenant == 'lab'\""),
                            optional(
                                    "per",
                                    words(Per.class),
                                    "Who shares 'requestsPerMinute'; tenant when left out.",
                                    "\"team\""),
                            optional(
                                    "requestsPerMinute",
                                    new Whole(0, 10_000_000),
                                    "Most requests a minute.",
                                    "600"),
                            optional(
                                    "maxPromptTokens",
                                    new Whole(0, Integer.MAX_VALUE),
                                    "Most prompt tokens of a request, as estimated.",
                                    "8000"),
                            optional(
                                    "maxOutputTokens",
                                    new Whole(0, Integer.MAX_VALUE),
                                    "Most tokens a request may let the model write; a request that"
                                            + " sets no limit of its own is refused.",
                                    "2000")));

    static final Shape BUDGET =
            new Shape(
                    "a budget",
                    "Most that a tenant may spend in a calendar month (UTC). Narrows its budget in"
                            + " the registry.",
                    List.of(
                            required("tenant", ANY_TEXT, "The tenant.", "\"lab\""),
                            required(
                                    "monthlyMicros",
                                    new Whole(0, Long.MAX_VALUE / 1000),
                                    "Millionths of the currency's main unit.",
                                    "250000000"),
                            required(
                                    "currency",
                                    new Text("^[A-Z]{3}$"),
                                    "ISO 4217 code.",
                                    "\"USD\"")));

    private GovernanceShapes() {}
}
