package io.spillway.policy.detect;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.spillway.api.request.Finding;
import java.util.ArrayList;
import java.util.List;

/// What must hold for any bytes whatever. In an ordinary build the inputs kept in the resources run
/// as tests; with the profile `fuzz` new ones are searched for.
class DetectorFuzzTest {

    @FuzzTest(maxDuration = "4m")
    void detectorsNeverFailAndStayInsideTheText(byte[] input) {
        var leaf = new TextLeaf("/text", input, 0, input.length);

        var scan = Detectors.builtIn().scan(List.of(leaf));

        int length = 0;
        for (byte b : input) {
            length += (b & 0xC0) == 0x80 ? 0 : 1;
        }
        for (var finding : scan.findings()) {
            assertThat(finding.start()).isLessThanOrEqualTo(finding.end());
            assertThat(finding.end()).isLessThanOrEqualTo(length);
        }
        assertThat(Detectors.builtIn().scan(List.of(leaf))).isEqualTo(scan);
        assertThat(scan.exhausted()).isFalse();
    }

    @FuzzTest(maxDuration = "2m")
    void splittingATextInTwoNeverFails(byte[] input) {
        int middle = input.length == 0 ? 0 : (input[0] & 0xFF) % (input.length + 1);
        var leaves =
                List.of(
                        new TextLeaf("/messages/0/content", input, 0, middle),
                        new TextLeaf("/messages/1/content", input, middle, input.length));

        assertThat(Detectors.builtIn().scan(leaves).findings())
                .extracting(Finding::path)
                .isSubsetOf("/messages/0/content", "/messages/1/content");
    }

    @FuzzTest(maxDuration = "2m")
    void viewsAreBoundedAndComeFromTheText(byte[] input) {
        var views = new ArrayList<View>();
        var all = new Views();
        add(views, Folds.view(input, 0, input.length, all));
        add(views, Folds.hidden(input, 0, input.length, all));
        add(views, Escapes.view(input, 0, input.length, all));
        var outline = new Outline().read(input, 0, input.length);
        new EncodedRuns(input, 0, input.length, outline, all, views::add).find();

        long decoded = 0;
        for (var view : views) {
            decoded += view.size();
            int last = 0;
            for (int i = 0; i <= view.size(); i++) {
                int origin = view.origin(i);
                assertThat(origin).isBetween(last, input.length);
                last = view.kind() == View.Kind.ENCODED ? 0 : origin;
                if (view.kind() == View.Kind.ENCODED && i > 0 && i < view.size()) {
                    i = view.size() - 1;
                }
            }
        }
        assertThat(decoded).isLessThanOrEqualTo(4L * input.length + 64);
    }

    private static void add(List<View> views, View view) {
        if (view != null) {
            views.add(view);
        }
    }
}
