package io.spillway.control.registry;

import io.spillway.api.environment.Zone;
import io.spillway.control.problem.Problem;
import io.spillway.control.problem.Refusal;
import io.spillway.policy.verify.Proof;
import io.spillway.policy.verify.Proof.Cell;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/// Which requests of which tenants a new policy would let leave that the one in force keeps home.
///
/// @param digest names exactly this widening, for whoever acknowledges it
/// @param cells class and tenant, in words
record Widening(String digest, List<String> cells) {

    /// What `next` opens beyond `present`, both under one registry. What is not known counts as
    /// open in the new policy and as closed in the present one.
    static Widening between(Proof present, Proof next) {
        var open =
                present.matrix().stream()
                        .filter(it -> Boolean.TRUE.equals(it.reachable()))
                        .filter(Widening::leaves)
                        .map(Widening::words)
                        .collect(Collectors.toSet());
        var cells =
                next.matrix().stream()
                        .filter(it -> !Boolean.FALSE.equals(it.reachable()))
                        .filter(Widening::leaves)
                        .map(Widening::words)
                        .filter(it -> !open.contains(it))
                        .sorted()
                        .toList();
        return new Widening(digest(next.bound().policy() + "\n" + String.join("\n", cells)), cells);
    }

    /// Tenants that are not in the registry have no requests yet.
    private static boolean leaves(Cell cell) {
        return cell.zone() == Zone.PUBLIC && !cell.tenant().equals("*");
    }

    private static String words(Cell cell) {
        return "%s requests of tenant %s".formatted(cell.dataClass().wire(), cell.tenant());
    }

    Refusal refusal() {
        return Refusal.conflict(
                "widens",
                "this policy lets requests leave that the one in force keeps home; nothing was changed. To publish it nevertheless, repeat the call with ?acknowledgeWidening=%s (./spillway policy publish FILE --acknowledge-widening %s)"
                        .formatted(digest, digest),
                cells.stream()
                        .map(it ->
                                Problem.Item.at(digest, it + " could leave", "Narrow the rules."))
                        .toList());
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)))
                    .substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
