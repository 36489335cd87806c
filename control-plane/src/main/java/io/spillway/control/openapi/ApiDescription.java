package io.spillway.control.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.spillway.control.problem.Problem;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.jboss.jandex.IndexView;
import org.jspecify.annotations.Nullable;

/// Completes the description that is read from the resources.
///
/// The records of `io.spillway.api` carry no web annotations, so their descriptions stand in
/// `openapi-descriptions.properties`, and their nullness comes from the records themselves.
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ApiDescription implements OASFilter {
    private static final String REFERENCE = "#/components/schemas/";
    private static final String SECURITY = "adminToken";

    /// Names under which nested records are published, where their own says too little.
    private static final Map<String, String> RENAMED =
            Map.of(
                    "Source", "ClassificationSource",
                    "Step", "ExplanationStep",
                    "PolicyDocument", "Policy");

    private final Properties descriptions = descriptions();
    private final RecordIndex records;

    public ApiDescription(IndexView index) {
        records = new RecordIndex(index);
    }

    @Override
    public @Nullable Schema filterSchema(Schema schema) {
        var reference = schema.getRef();
        if (reference != null && reference.startsWith(REFERENCE)) {
            var name = reference.substring(REFERENCE.length());
            schema.setRef(REFERENCE + RENAMED.getOrDefault(name, name));
        }
        var values = schema.getEnumeration();
        if (values != null) {
            schema.setEnumeration(
                    values.stream()
                            .map(it -> (Object) it.toString().toLowerCase(Locale.ROOT))
                            .toList());
        }
        return schema;
    }

    @Override
    public @Nullable Operation filterOperation(Operation operation) {
        var responses = operation.getResponses();
        if (responses != null) {
            responses.setDefaultValue(
                    OASFactory.createAPIResponse()
                            .description("A problem: what is wrong, where, and how to mend it.")
                            .content(
                                    OASFactory.createContent()
                                            .addMediaType(
                                                    Problem.MEDIA_TYPE,
                                                    OASFactory.createMediaType()
                                                            .schema(
                                                                    OASFactory.createSchema()
                                                                            .ref(
                                                                                    REFERENCE
                                                                                            + "Problem")))));
        }
        return operation;
    }

    @Override
    public void filterOpenAPI(OpenAPI api) {
        var components = api.getComponents();
        if (components == null) {
            return;
        }
        components.addSecurityScheme(
                SECURITY,
                OASFactory.createSecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .description("The admin token, written on first start."));
        api.setSecurity(
                List.of(OASFactory.createSecurityRequirement().addScheme(SECURITY, List.of())));
        var schemas = new TreeMap<String, Schema>();
        if (components.getSchemas() != null) {
            components
                    .getSchemas()
                    .forEach((name, it) -> schemas.put(RENAMED.getOrDefault(name, name), it));
        }
        schemas.forEach(this::describe);
        components.setSchemas(schemas);
    }

    private void describe(String name, Schema schema) {
        var text = descriptions.getProperty(name);
        if (text != null) {
            schema.setDescription(text);
        }
        var properties = schema.getProperties();
        if (properties == null) {
            return;
        }
        var nullable = records.nullable(name);
        var required = new ArrayList<String>();
        properties.forEach((property, it) -> {
            var meaning = descriptions.getProperty(name + "." + property);
            if (meaning != null && it.getDescription() == null) {
                it.setDescription(meaning);
            }
            if (!name.endsWith("Request") || !nullable.contains(property)) {
                required.add(property);
            }
        });
        if (!name.startsWith("Problem")) {
            schema.setRequired(required);
            nullable.forEach(property -> {
                var it = properties.get(property);
                if (it != null) {
                    schema.addProperty(property, orNull(it));
                }
            });
        }
    }

    private static Schema orNull(Schema schema) {
        var values = schema.getEnumeration();
        if (values != null && !values.isEmpty()) {
            // An enum without null refuses null, whatever the type allows.
            var named =
                    OASFactory.createSchema().addType(Schema.SchemaType.STRING).enumeration(values);
            return OASFactory.createSchema()
                    .description(schema.getDescription())
                    .addAnyOf(named)
                    .addAnyOf(OASFactory.createSchema().addType(Schema.SchemaType.NULL));
        }
        if (schema.getRef() == null) {
            var types = new ArrayList<Schema.SchemaType>();
            if (schema.getType() != null) {
                types.addAll(schema.getType());
            }
            if (!types.contains(Schema.SchemaType.NULL)) {
                types.add(Schema.SchemaType.NULL);
            }
            return schema.type(types);
        }
        var description = schema.getDescription();
        var reference = OASFactory.createSchema().ref(schema.getRef());
        return OASFactory.createSchema()
                .description(description)
                .addAnyOf(reference)
                .addAnyOf(OASFactory.createSchema().addType(Schema.SchemaType.NULL));
    }

    private static Properties descriptions() {
        var properties = new Properties();
        try (var in =
                ApiDescription.class.getResourceAsStream("/openapi-descriptions.properties")) {
            if (in == null) {
                throw new IllegalStateException("openapi-descriptions.properties is missing");
            }
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
