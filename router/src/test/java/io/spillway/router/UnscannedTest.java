package io.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.environment.Model;
import io.spillway.api.request.DataClass;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Content that no detector can read, under a policy that sends everything away.
class UnscannedTest {

    @AutoClose private final TestSite site = TestSite.start();
    private final StubServer cloud = site.server("aws-burst", "c1");

    @BeforeEach
    void sendEverythingAway() {
        site.publish(new CarelessPolicy(DataClass.PUBLIC, List.of("aws-burst")));
    }

    private int send(String content) throws Exception {
        boolean prompt = content.startsWith("prompt ");
        return Caller.post(
                        site,
                        prompt ? "/v1/completions" : "/v1/chat/completions",
                        prompt
                                ? "{\"model\":\"chat\",\"prompt\":%s}"
                                        .formatted(content.substring(7))
                                : "{\"model\":\"chat\",\"messages\":[{\"role\":\"user\",\"content\":[%s]}]}"
                                        .formatted(content))
                .statusCode();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image     | {\"type\":\"image_url\",\"image_url\":{\"url\":\"data:,\"}}",
                "audio     |"
                    + " {\"type\":\"input_audio\",\"input_audio\":{\"data\":\"AA==\",\"format\":\"wav\"}}",
                "file      | {\"type\":\"file\",\"file\":{\"file_id\":\"f\"}}",
                "video     | {\"type\":\"video_url\",\"video_url\":{\"url\":\"data:,\"}}",
                "unknown   | {\"type\":\"hologram\",\"hologram\":\"x\"}",
                "unknown   | {\"text\":\"a part without a type\"}",
                "unknown   | 7",
                "token-ids | prompt [1, 2, 3]",
                "token-ids | prompt [[1, 2], [3]]",
            })
    void itLeavesOnlyWhenTheModelsGrantNamesItsKind(String kind, String content) throws Exception {
        assertThat(send(content)).isEqualTo(403);
        assertThat(cloud.received()).isEmpty();

        allow("other-kind");
        assertThat(send(content)).isEqualTo(403);
        assertThat(cloud.received()).isEmpty();

        allow(kind);
        assertThat(send(content)).isEqualTo(200);
        assertThat(cloud.received()).hasSize(1);
    }

    private void allow(String kind) {
        site.put(new Model("chat", List.of("chat-v1"), Set.of("aws-burst"), Set.of(kind), 8192))
                .publish(new CarelessPolicy(DataClass.PUBLIC, List.of("aws-burst")));
    }
}
