package io.spillway.policy.document;

import static io.spillway.policy.document.Shape.Key.optional;
import static io.spillway.policy.document.Shape.Key.required;
import static io.spillway.policy.document.Shape.Value.ANY_TEXT;
import static io.spillway.policy.document.Shape.Value.CLASS;
import static io.spillway.policy.document.Shape.Value.TEXTS;
import static io.spillway.policy.document.Shape.Value.words;

import io.spillway.api.environment.Zone;
import io.spillway.api.request.Operation;
import io.spillway.policy.document.PolicyTest.Outcome;
import io.spillway.policy.document.Shape.Value;
import io.spillway.policy.document.Shape.Value.Constant;
import io.spillway.policy.document.Shape.Value.Either;
import io.spillway.policy.document.Shape.Value.Flag;
import io.spillway.policy.document.Shape.Value.Named;
import io.spillway.policy.document.Shape.Value.Section;
import io.spillway.policy.document.Shape.Value.Text;
import io.spillway.policy.document.Shape.Value.Whole;
import java.util.List;

/// The mappings of `tests`.
final class PolicyTestShapes {
    private static final Value DURATION = new Text("^([0-9]+(\\.[0-9]+)?(h|ms|us|ns|m|s))+$");

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
                                    new Named(Shapes.ATTRIBUTE, ANY_TEXT),
                                    "Attributes of the caller.",
                                    "{\"department\": \"law\"}"),
                            optional(
                                    "unscanned",
                                    TEXTS,
                                    "Kinds of content that cannot be scanned.",
                                    "[\"image\"]"),
                            optional(
                                    "maySpill",
                                    TEXTS,
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
                                    TEXTS,
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
                                    TEXTS,
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

    private PolicyTestShapes() {}
}
