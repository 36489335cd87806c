package io.spillway.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorBodyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"too"
                        + " long\",\"type\":\"BadRequestError\",\"param\":null,\"code\":400}}",
                "{\"object\":\"error\",\"message\":\"too"
                        + " long\",\"type\":\"BadRequestError\",\"param\":[],\"code\":\"400\"}"
            })
    void theEnvelopeMayBeThereOrNot(String body) {
        assertThat(ErrorBody.read(body.getBytes(UTF_8)))
                .isEqualTo(new ErrorBody("too long", "BadRequestError", "400"))
                .returns(400, ErrorBody::codeAsStatus);
    }

    @Test
    void aBareStringIsTheMessage() {
        assertThat(ErrorBody.read("{\"error\":\"Unauthorized\"}".getBytes(UTF_8)).message())
                .isEqualTo("Unauthorized");
    }

    @Test
    void aWebFrameworksDetailIsTheMessage() {
        assertThat(ErrorBody.read("{\"detail\":\"Not Found\"}".getBytes(UTF_8)).message())
                .isEqualTo("Not Found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>502</html>", "{\"error\":{\"message\":\"cut", "[]", "null"})
    void whatIsNoErrorObjectSaysNothing(String body) {
        assertThat(ErrorBody.read(body.getBytes(UTF_8))).isEqualTo(ErrorBody.NONE);
    }

    @Test
    void aTextCodeIsNoStatus() {
        assertThat(new ErrorBody(null, null, "model_not_found").codeAsStatus()).isZero();
    }
}
