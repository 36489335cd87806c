package io.spillway.policy.evaluate;

import java.util.List;
import java.util.Map;

/// What an [Evaluation] counted.
///
/// @param texts how many texts
/// @param prevalence texts that hold something sensitive; precision depends on it
/// @param types by finding type, those that occur
/// @param groups by family of goals, those that occur
/// @param requests all texts
/// @param falseRaises benign texts that were raised, by length
/// @param lostShare of what could have spilled, what false raises keep at home
/// @param undecided benign texts raised by something their author labelled as a kind that is no
///   type of Spillway; they are in no other figure about requests
/// @param foreignLabels labels that are no types of Spillway, with how often they occur
public record Figures(
        long texts,
        Rate prevalence,
        List<TypeFigures> types,
        List<GroupFigures> groups,
        RequestFigures requests,
        Map<Bucket, Rate> falseRaises,
        Rate lostShare,
        long undecided,
        Map<String, Long> foreignLabels) {

    /// How well entities of one type are found.
    ///
    /// @param type the finding type
    /// @param labelled entities
    /// @param found findings that are right or wrong
    /// @param precision of the findings, those that are right
    /// @param recall of the entities, those that are found
    public record TypeFigures(
            String type, long labelled, long found, Rate precision, Rate recall) {}

    /// How well texts with something of a group are told from those without.
    ///
    /// @param group `structured-pii`, `person`, `street-address`, `secret`, `source-code` or `own`
    /// @param entities precision and recall of entities
    /// @param requests precision and recall of texts
    public record GroupFigures(String group, RequestFigures entities, RequestFigures requests) {}

    /// Precision and recall.
    public record RequestFigures(Rate precision, Rate recall) {}
}
