package io.spillway.policy.document;

import static io.spillway.policy.document.Shape.Key.name;
import static io.spillway.policy.document.Shape.Key.optional;
import static io.spillway.policy.document.Shape.Key.required;
import static io.spillway.policy.document.Shape.Value.ANY_TEXT;
import static io.spillway.policy.document.Shape.Value.words;

import io.spillway.api.decision.WhenFull;
import io.spillway.api.environment.Zone;
import io.spillway.policy.condition.ClockPart;
import io.spillway.policy.detect.FindingType;
import io.spillway.policy.document.Shape.Value;
import io.spillway.policy.document.Shape.Value.Choice;
import io.spillway.policy.document.Shape.Value.Condition;
import io.spillway.policy.document.Shape.Value.Either;
import io.spillway.policy.document.Shape.Value.Listing;
import io.spillway.policy.document.Shape.Value.Section;
import io.spillway.policy.document.Shape.Value.Text;
import io.spillway.policy.document.Shape.Value.Whole;
import java.util.Arrays;
import java.util.List;

/// The mappings of `placement`.
final class PlacementShapes {
    static final String TIME = "^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$";

    private static final Value TYPES =
            new Choice(Arrays.stream(FindingType.values()).map(FindingType::wire).toList());

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
                                    new Listing(TYPES, 0),
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

    private PlacementShapes() {}
}
