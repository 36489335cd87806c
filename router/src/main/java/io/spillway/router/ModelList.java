package io.spillway.router;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.spillway.api.environment.Model;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Comparator;

/// The answers of `GET /v1/models`.
final class ModelList {
    private static final JsonFactory JSON = new JsonFactory();

    private ModelList() {}

    static byte[] all(Collection<Model> models) {
        return write(json -> {
            json.writeStartObject();
            json.writeStringField("object", "list");
            json.writeArrayFieldStart("data");
            for (var model : models.stream().sorted(Comparator.comparing(Model::name)).toList()) {
                one(json, model);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    static byte[] one(Model model) {
        return write(json -> one(json, model));
    }

    private static void one(JsonGenerator json, Model model) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", model.name());
        json.writeStringField("object", "model");
        json.writeNumberField("created", 0);
        json.writeStringField("owned_by", "spillway");
        json.writeNumberField("max_model_len", model.contextTokens());
        json.writeEndObject();
    }

    private interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    private static byte[] write(Content content) {
        var out = new ByteArrayOutputStream();
        try (var json = JSON.createGenerator(out)) {
            content.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toByteArray();
    }
}
