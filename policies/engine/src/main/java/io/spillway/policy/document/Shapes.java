package io.spillway.policy.document;

import static io.spillway.policy.document.Shape.Key.name;
import static io.spillway.policy.document.Shape.Key.optional;
import static io.spillway.policy.document.Shape.Key.required;
import static io.spillway.policy.document.Shape.Value.ANY_TEXT;
import static io.spillway.policy.document.Shape.Value.CLASS;
import static io.spillway.policy.document.Shape.Value.TEXTS;
import static io.spillway.policy.document.Shape.Value.list;
import static io.spillway.policy.document.Shape.Value.words;

import io.spillway.policy.detect.CheckDigit;
import io.spillway.policy.document.PolicySet.AttributeType;
import io.spillway.policy.document.Shape.Key;
import io.spillway.policy.document.Shape.Value.Condition;
import io.spillway.policy.document.Shape.Value.Constant;
import io.spillway.policy.document.Shape.Value.Flag;
import io.spillway.policy.document.Shape.Value.Listing;
import io.spillway.policy.document.Shape.Value.Named;
import io.spillway.policy.document.Shape.Value.Section;
import io.spillway.policy.document.Shape.Value.Share;
import io.spillway.policy.document.Shape.Value.Text;
import java.util.List;

/// A policy file, and those of its mappings that have no class of their own.
public final class Shapes {
    static final String API_VERSION = "spillway/v1";
    static final String ATTRIBUTE = "[A-Za-z_][A-Za-z0-9_]{0,63}";

    static final Shape METADATA =
            new Shape(
                    "'metadata'",
                    "What the policy is called.",
                    List.of(
                            required(
                                    "name",
                                    new Text("^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$"),
                                    "Name of the policy set, under which it is published.",
                                    "\"acme\""),
                            optional(
                                    "description",
                                    ANY_TEXT,
                                    "A line for people.",
                                    "\"Personal data stays home\"")));

    static final Shape ATTRIBUTE_DECLARATION =
            new Shape(
                    "an attribute",
                    "A caller attribute that conditions may read.",
                    List.of(
                            required(
                                    "type",
                                    words(AttributeType.class),
                                    "What its value must be.",
                                    "\"string\""),
                            optional(
                                    "optional",
                                    new Flag(),
                                    "Whether callers may lack it; conditions then ask has() first.",
                                    "true")));

    static final Shape DETECTOR =
            new Shape(
                    "a detector",
                    "The author's own words or pattern, which are looked for in every request.",
                    List.of(
                            required(
                                    "name",
                                    new Text("^[a-z][a-z0-9]*(-[a-z0-9]+)*$"),
                                    "Type of its findings.",
                                    "\"project-name\""),
                            optional(
                                    "category",
                                    new Text("^[a-z][a-z0-9]*(-[a-z0-9]+)*$"),
                                    "Category of its findings; custom when left out.",
                                    "\"business\""),
                            optional(
                                    "words",
                                    new Listing(ANY_TEXT, 1),
                                    "Words to look for.",
                                    "[\"falcon\", \"blue heron\"]"),
                            optional(
                                    "pattern",
                                    ANY_TEXT,
                                    "Pattern to look for, instead of words.",
                                    "\"PT-[0-9]{8}\""),
                            optional(
                                    "check",
                                    words(CheckDigit.class),
                                    "The check digit that a match must have.",
                                    "\"luhn\""),
                            optional(
                                    "caseSensitive",
                                    new Flag(),
                                    "Whether upper and lower case differ.",
                                    "true"),
                            optional(
                                    "wholeWords",
                                    new Flag(),
                                    "Whether a match must not be part of a longer word.",
                                    "true"),
                            optional(
                                    "confidence",
                                    new Share(),
                                    "Confidence of its findings; below 0.5 they raise nothing.",
                                    "0.8")));

    static final Shape RAISE =
            new Shape(
                    "a classification rule",
                    "Gives a class to requests for which its condition is true.",
                    List.of(
                            name("classification rule"),
                            required(
                                    "when",
                                    new Condition(),
                                    "When it applies.",
                                    "\"findings.exists(f, f.category == 'pii')\""),
                            required(
                                    "raise", CLASS, "The class it asks for.", "\"confidential\"")));

    static final Shape CLASSIFICATION =
            new Shape(
                    "'classification'",
                    "Which class a request has: the highest that anything asks for.",
                    List.of(
                            required(
                                    "default",
                                    CLASS,
                                    "Class of a request that nothing raises.",
                                    "\"internal\""),
                            optional("rules", list(RAISE), "All rules that match apply.", "[]")));

    static final Shape IMPORTED_CLASSIFICATION =
            new Shape(
                    "'classification' of an imported file",
                    "Rules that are added to those of the importing file.",
                    List.of(optional("rules", list(RAISE), "All rules that match apply.", "[]")));

    static final Shape INVARIANT =
            new Shape(
                    "an invariant",
                    "What must never happen, whatever the rules say.",
                    List.of(
                            required(
                                    "never",
                                    new Condition(),
                                    "What must not be true.",
                                    "\"dataClass >= confidential && environment.zone =="
                                            + " 'public'\"")));

    private static final Key IMPORTS =
            optional(
                    "imports",
                    TEXTS,
                    "Files beside this one whose rules are added.",
                    "[\"common.yaml\"]");
    private static final Key VERSION =
            required(
                    "apiVersion",
                    new Constant(API_VERSION),
                    "Version of the language.",
                    "\"spillway/v1\"");
    private static final Key NAME =
            required(
                    "metadata",
                    new Section(METADATA),
                    "What the file is called.",
                    "{\"name\": \"acme\"}");
    private static final Key ATTRIBUTES =
            optional(
                    "attributes",
                    new Named(ATTRIBUTE, new Section(ATTRIBUTE_DECLARATION)),
                    "Caller attributes that conditions may read.",
                    "{\"department\": {\"type\": \"string\"}}");
    private static final Key DETECTORS =
            optional("detectors", list(DETECTOR), "Own words and patterns.", "[]");
    private static final Key RESIDENCIES =
            optional("residency", list(GovernanceShapes.RESIDENCY), "Where data may go.", "[]");
    private static final Key INVARIANTS =
            optional("invariants", list(INVARIANT), "What must never happen.", "[]");

    /// A policy file.
    public static final Shape POLICY =
            new Shape(
                    "a policy file",
                    "Which class a request has and where it may run.",
                    List.of(
                            VERSION,
                            required(
                                    "kind",
                                    new Constant("PolicySet"),
                                    "What the file is.",
                                    "\"PolicySet\""),
                            NAME,
                            IMPORTS,
                            ATTRIBUTES,
                            DETECTORS,
                            required(
                                    "classification",
                                    new Section(CLASSIFICATION),
                                    "Which class a request has.",
                                    "{\"default\": \"internal\"}"),
                            required(
                                    "placement",
                                    new Listing(new Section(PlacementShapes.PLACEMENT), 1),
                                    "Where a request may run.",
                                    "[{\"name\": \"home\", \"use\": [{\"zone\": \"private\"}]}]"),
                            RESIDENCIES,
                            optional(
                                    "priorities",
                                    list(GovernanceShapes.PRIORITY),
                                    "Who is served first.",
                                    "[]"),
                            optional(
                                    "limits",
                                    list(GovernanceShapes.LIMIT),
                                    "How much callers may ask.",
                                    "[]"),
                            optional(
                                    "budgets",
                                    list(GovernanceShapes.BUDGET),
                                    "What tenants may spend.",
                                    "[]"),
                            INVARIANTS,
                            optional(
                                    "tests",
                                    list(PolicyTestShapes.TEST),
                                    "What must come out.",
                                    "[]")));

    /// A file that policies import.
    public static final Shape FRAGMENT =
            new Shape(
                    "an imported file",
                    "Rules that several policies share.",
                    List.of(
                            VERSION,
                            required(
                                    "kind",
                                    new Constant("PolicyFragment"),
                                    "What the file is.",
                                    "\"PolicyFragment\""),
                            NAME,
                            IMPORTS,
                            ATTRIBUTES,
                            DETECTORS,
                            optional(
                                    "classification",
                                    new Section(IMPORTED_CLASSIFICATION),
                                    "Classification rules.",
                                    "{\"rules\": []}"),
                            RESIDENCIES,
                            INVARIANTS));

    private Shapes() {}
}
