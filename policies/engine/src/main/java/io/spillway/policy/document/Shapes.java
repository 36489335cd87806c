package io.spillway.policy.document;

import io.spillway.api.decision.WhenFull;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.DataClass;
import io.spillway.api.request.Operation;
import io.spillway.policy.condition.ClockPart;
import io.spillway.policy.detect.CheckDigit;
import io.spillway.policy.detect.FindingType;
import io.spillway.policy.document.PolicySet.AttributeType;
import io.spillway.policy.document.PolicySet.Per;
import io.spillway.policy.document.PolicyTest.Outcome;
import io.spillway.policy.document.Shape.Key;
import io.spillway.policy.document.Shape.Value;
import io.spillway.policy.document.Shape.Value.Choice;
import io.spillway.policy.document.Shape.Value.Condition;
import io.spillway.policy.document.Shape.Value.Constant;
import io.spillway.policy.document.Shape.Value.Either;
import io.spillway.policy.document.Shape.Value.Flag;
import io.spillway.policy.document.Shape.Value.Listing;
import io.spillway.policy.document.Shape.Value.Named;
import io.spillway.policy.document.Shape.Value.Section;
import io.spillway.policy.document.Shape.Value.Share;
import io.spillway.policy.document.Shape.Value.Text;
import io.spillway.policy.document.Shape.Value.Whole;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// All mappings of a policy file.
public final class Shapes {
    static final String API_VERSION = "spillway/v1";
    static final String ATTRIBUTE = "[A-Za-z_][A-Za-z0-9_]{0,63}";
    static final String TIME = "^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$";

    private static final Value ANY_TEXT = new Text("");
    private static final Value TEXTS = new Listing(ANY_TEXT, 0);
    private static final Value CLASS = words(DataClass.class);
    private static final Value CODES = new Listing(new Text("^[A-Z]{2}$"), 0);
    private static final Value DURATION = new Text("^([0-9]+(\\.[0-9]+)?(h|ms|us|ns|m|s))+$");
    private static final Value ENVIRONMENTS = TEXTS;

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

    static final Shape WINDOW =
            new Shape(
                    "a 'window'",
                    "When a rule or an entry counts, by the clock on the wall.",
                    List.of(
                            required(
                                    "zone",
                                    ANY_TEXT,
                                    "Time zone of the IANA database.",
                                    "\"Europe/Berlin\""),
                            optional(
                                    "days",
                                    new Listing(new Choice(ClockPart.DAYS), 1),
                                    "Days on which the window begins; all when left out.",
                                    "[\"mon\", \"fri\"]"),
                            optional(
                                    "from",
                                    new Text(TIME),
                                    "When it begins; midnight when left out.",
                                    "\"18:00\""),
                            optional(
                                    "to",
                                    new Text(TIME),
                                    "When it ends; before 'from' it ends on the next day.",
                                    "\"08:00\"")));

    static final Shape USE =
            new Shape(
                    "an entry of 'use'",
                    "Pools that a rule selects: those of a zone or of one environment.",
                    List.of(
                            optional(
                                    "zone",
                                    words(Zone.class),
                                    "All environments of this zone.",
                                    "\"private\""),
                            optional("environment", ANY_TEXT, "One environment.", "\"aws-burst\""),
                            optional(
                                    "when",
                                    new Condition(),
                                    "When the entry counts.",
                                    "\"predictedTtft > duration('1500ms')\""),
                            optional(
                                    "window",
                                    new Section(WINDOW),
                                    "When the entry counts.",
                                    "{\"zone\": \"UTC\", \"days\": [\"sat\", \"sun\"]}"),
                            optional(
                                    "maxMicrosPer1kTokens",
                                    new Whole(0, Long.MAX_VALUE),
                                    "Dearest price of input and output, in millionths of the"
                                            + " currency per 1,000 tokens.",
                                    "4000"),
                            optional(
                                    "mask",
                                    new Listing(words(FindingType.values()), 0),
                                    "Types of findings that are replaced before a request leaves.",
                                    "[\"email\", \"phone\"]")));

    static final Shape PLACEMENT =
            new Shape(
                    "a placement rule",
                    "Where a request may run. The first rule that matches decides.",
                    List.of(
                            name("placement rule"),
                            optional(
                                    "when",
                                    new Condition(),
                                    "When it matches; always when left out.",
                                    "\"dataClass >= confidential\""),
                            optional(
                                    "window",
                                    new Section(WINDOW),
                                    "When it matches, by the clock.",
                                    "{\"zone\": \"UTC\", \"from\": \"18:00\", \"to\": \"08:00\"}"),
                            required(
                                    "use",
                                    new Listing(new Section(USE), 1),
                                    "Pools in order of preference.",
                                    "[{\"zone\": \"private\"}]"),
                            optional(
                                    "whenFull",
                                    words(WhenFull.class),
                                    "What to do when no pool has room.",
                                    "\"queue\""),
                            optional(
                                    "degradeTo",
                                    new Either(ANY_TEXT, new Listing(ANY_TEXT, 1)),
                                    "Smaller models to decide for when there is no room, in order.",
                                    "\"small-chat\"")));

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
                                    CODES,
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

    static final Shape TEST_REQUEST =
            new Shape(
                    "'request'",
                    "A request as a test describes it.",
                    List.of(
                            optional("text", ANY_TEXT, "Its text.", "\"Why is the sky blue?\""),
                            optional("messages", TEXTS, "Several texts.", "[\"Hi\", \"Again\"]"),
                            optional("tenant", ANY_TEXT, "Tenant of the caller.", "\"test\""),
                            optional("team", ANY_TEXT, "Team of the caller.", "\"red\""),
                            optional("model", ANY_TEXT, "Model asked for.", "\"chat\""),
                            optional("operation", words(Operation.class), "The call.", "\"chat\""),
                            optional(
                                    "stream",
                                    new Flag(),
                                    "Whether the answer is streamed.",
                                    "true"),
                            optional(
                                    "bodyBytes",
                                    new Whole(0, Integer.MAX_VALUE),
                                    "Size of the request; that of its text when left out.",
                                    "4096"),
                            optional(
                                    "expectedPromptTokens",
                                    new Whole(0, Integer.MAX_VALUE),
                                    "Estimated prompt tokens; a quarter of the bytes when left"
                                            + " out.",
                                    "1000"),
                            optional(
                                    "maxTokens",
                                    new Whole(0, Integer.MAX_VALUE),
                                    "Most tokens the caller lets the model write.",
                                    "500"),
                            optional(
                                    "headerClass",
                                    CLASS,
                                    "Value of x-spillway-data-class.",
                                    "\"confidential\""),
                            optional("roles", TEXTS, "Roles of the caller.", "[\"auditor\"]"),
                            optional(
                                    "attributes",
                                    new Named(ATTRIBUTE, ANY_TEXT),
                                    "Attributes of the caller.",
                                    "{\"department\": \"law\"}"),
                            optional(
                                    "unscanned",
                                    TEXTS,
                                    "Kinds of content that cannot be scanned.",
                                    "[\"image\"]"),
                            optional(
                                    "maySpill",
                                    ENVIRONMENTS,
                                    "Grants; every public environment when left out.",
                                    "[]"),
                            optional(
                                    "jurisdictions",
                                    TEXTS,
                                    "Where the caller's data may go; everywhere when left out.",
                                    "[\"DE\"]"),
                            optional(
                                    "predictedTtft",
                                    new Either(DURATION, new Constant("unknown")),
                                    "Prediction of the private pools.",
                                    "\"4s\""),
                            optional(
                                    "at",
                                    new Text("^[0-9]{4}-[0-9]{2}-[0-9]{2}T.+$"),
                                    "Time of the decision, with its offset.",
                                    "\"2026-03-28T23:30:00+01:00\""),
                            optional(
                                    "down",
                                    ENVIRONMENTS,
                                    "Environments without a ready endpoint.",
                                    "[\"onprem\"]")));

    static final Shape TEST_EXPECT =
            new Shape(
                    "'expect'",
                    "What must come out.",
                    List.of(
                            optional(
                                    "zone",
                                    words(Zone.class),
                                    "private: nothing leaves; public: it may leave.",
                                    "\"private\""),
                            optional(
                                    "environments",
                                    ENVIRONMENTS,
                                    "Exactly these, in this order.",
                                    "[\"onprem\"]"),
                            optional("class", CLASS, "The class of the request.", "\"internal\""),
                            optional(
                                    "outcome",
                                    words(Outcome.class),
                                    "The kind of decision.",
                                    "\"serve\""),
                            optional(
                                    "degradeTo",
                                    ANY_TEXT,
                                    "The model it degrades to when there is no room.",
                                    "\"small-chat\""),
                            optional("priority", new Whole(0, 9), "Its place in the queue.", "7"),
                            optional("limits", TEXTS, "Exactly these limits apply.", "[]"),
                            optional(
                                    "rule",
                                    ANY_TEXT,
                                    "The placement rule that decided.",
                                    "\"home\"")));

    static final Shape TEST =
            new Shape(
                    "a test",
                    "An expectation that is checked on the engine that routers run.",
                    List.of(
                            required("name", ANY_TEXT, "What it says.", "\"images stay home\""),
                            required(
                                    "request",
                                    new Section(TEST_REQUEST),
                                    "The request.",
                                    "{\"text\": \"hi\"}"),
                            required(
                                    "expect",
                                    new Section(TEST_EXPECT),
                                    "What must come out.",
                                    "{\"zone\": \"private\"}")));

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
            optional("residency", list(RESIDENCY), "Where data may go.", "[]");
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
                                    new Listing(new Section(PLACEMENT), 1),
                                    "Where a request may run.",
                                    "[{\"name\": \"home\", \"use\": [{\"zone\": \"private\"}]}]"),
                            RESIDENCIES,
                            optional("priorities", list(PRIORITY), "Who is served first.", "[]"),
                            optional("limits", list(LIMIT), "How much callers may ask.", "[]"),
                            optional("budgets", list(BUDGET), "What tenants may spend.", "[]"),
                            INVARIANTS,
                            optional("tests", list(TEST), "What must come out.", "[]")));

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

    private static Key name(String of) {
        return required(
                "name",
                new Text("^.{1,128}$"),
                "Name of the " + of + ", for explanations.",
                "\"personal-data\"");
    }

    private static Key required(String name, Value value, String description, String example) {
        return new Key(name, true, value, description, example);
    }

    private static Key optional(String name, Value value, String description, String example) {
        return new Key(name, false, value, description, example);
    }

    private static Value list(Shape shape) {
        return new Listing(new Section(shape), 0);
    }

    private static Value words(Class<? extends Enum<?>> type) {
        return new Choice(
                Arrays.stream(type.getEnumConstants())
                        .map(it -> it.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    private static Value words(FindingType[] types) {
        return new Choice(Arrays.stream(types).map(FindingType::wire).toList());
    }
}
