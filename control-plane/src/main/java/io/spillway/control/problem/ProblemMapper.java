package io.spillway.control.problem;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.spillway.control.database.DatabaseFailure;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/// Turns whatever a call ends in into a [Problem].
public class ProblemMapper {
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    @ServerExceptionMapper
    public Response refused(Refusal refusal) {
        return answer(refusal.problem());
    }

    /// JSON that does not fit; more specific than the platform's own mapper, which would answer in
    /// another form.
    @ServerExceptionMapper(value = MismatchedInputException.class, priority = 1)
    public Response misfit(MismatchedInputException misfit) {
        return answer(problem(misfit));
    }

    @ServerExceptionMapper
    public Response ended(WebApplicationException ended, UriInfo uri) {
        if (ended.getCause() instanceof JsonProcessingException json) {
            return answer(problem(json));
        }
        if (ended instanceof NotFoundException && ended.getCause() != null) {
            return answer(misfit(uri.getQueryParameters().keySet()));
        }
        var status = ended.getResponse().getStatus();
        var known = Response.Status.fromStatusCode(status);
        var title = known == null ? "Error" : known.getReasonPhrase();
        var response =
                Response.fromResponse(
                        answer(new Problem(title, status, hint(status), code(title), List.of())));
        var allow = ended.getResponse().getHeaderString(HttpHeaders.ALLOW);
        return allow == null ? response.build() : response.header(HttpHeaders.ALLOW, allow).build();
    }

    @ServerExceptionMapper
    public Response database(DatabaseFailure failure) {
        LOG.errorf("Postgres failed, SQLSTATE %s: %s", failure.state(), failure.getMessage());
        return answer(
                new Problem(
                        "Postgres does not answer",
                        503,
                        "Nothing was changed. Routers serve on from their last known state. See the"
                                + " control plane's log and GET /q/health on the management port.",
                        "database_unavailable",
                        List.of()));
    }

    /// A fault of ours: the log has the details under the reference that the caller sees.
    @ServerExceptionMapper
    public Response fault(Throwable fault) {
        var reference = UUID.randomUUID().toString();
        LOG.errorf(fault, "admin call failed, reference %s", reference);
        return answer(
                new Problem(
                        "The control plane failed",
                        500,
                        "This is a fault of Spillway. The control plane's log has the details under"
                                + " reference "
                                + reference
                                + ".",
                        "internal",
                        List.of()));
    }

    /// JAX-RS answers a parameter of the wrong type as if the address did not exist.
    private static Problem misfit(Set<String> parameters) {
        return new Problem(
                "A parameter cannot be read",
                422,
                "Nothing was changed. See errors for what is wrong and how to mend it.",
                "invalid",
                List.of(
                        Problem.Item.at(
                                String.join(", ", new TreeSet<>(parameters)),
                                "a parameter of the address is of the wrong type",
                                "Numbers are whole and without a unit; see /q/openapi.")));
    }

    private static Problem problem(JacksonException json) {
        var item =
                switch (json) {
                    case UnrecognizedPropertyException it ->
                            Problem.Item.at(
                                    path(it),
                                    "there is no such field",
                                    "Known fields: "
                                            + it.getKnownPropertyIds().stream()
                                                    .map(Object::toString)
                                                    .sorted()
                                                    .collect(Collectors.joining(", ")));
                    case InvalidFormatException it -> badValue(it);
                    case ValueInstantiationException it ->
                            Problem.Item.at(
                                    path(it),
                                    rootMessage(it),
                                    "See /q/openapi for what the field may hold.");
                    case JsonMappingException it ->
                            Problem.Item.at(
                                    path(it),
                                    "the JSON has another type here than expected",
                                    expected(it));
                    default ->
                            new Problem.Item(
                                    "body",
                                    line(json.getLocation()),
                                    column(json.getLocation()),
                                    "the body is not one JSON document",
                                    "Send valid JSON: no comments, no duplicate keys, nothing after"
                                            + " the document.");
                };
        return new Problem(
                "The body cannot be read",
                400,
                "Nothing was changed. See errors for what is wrong and how to mend it.",
                "invalid_json",
                List.of(item));
    }

    private static Problem.Item badValue(InvalidFormatException it) {
        var type = it.getTargetType();
        var hint =
                type != null && type.isEnum()
                        ? "Use one of "
                                + Arrays.stream(type.getEnumConstants())
                                        .map(value -> value.toString().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(", "))
                        : expected(it);
        return Problem.Item.at(path(it), "the value does not fit", hint);
    }

    private static String expected(JsonMappingException misfit) {
        var type = misfit instanceof MismatchedInputException it ? it.getTargetType() : null;
        return type == null
                ? "See /q/openapi for the type of each field."
                : "Expected " + type.getSimpleName().toLowerCase(Locale.ROOT) + "; see /q/openapi.";
    }

    private static String rootMessage(Throwable thrown) {
        var root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root instanceof IllegalArgumentException && root.getMessage() != null
                ? root.getMessage()
                : "the value does not fit";
    }

    private static String path(JsonMappingException misfit) {
        var path =
                misfit.getPath().stream()
                        .map(it ->
                                it.getFieldName() == null
                                        ? "[" + it.getIndex() + "]"
                                        : it.getFieldName())
                        .collect(Collectors.joining("."));
        return path.isEmpty() ? "body" : path;
    }

    private static @Nullable Integer line(@Nullable JsonLocation location) {
        return location == null || location.getLineNr() < 1 ? null : location.getLineNr();
    }

    private static @Nullable Integer column(@Nullable JsonLocation location) {
        return location == null || location.getColumnNr() < 1 ? null : location.getColumnNr();
    }

    private static String hint(int status) {
        return switch (status) {
            case 404 -> "There is nothing at this address. See /q/openapi for the routes.";
            case 405 -> "The address exists, but not with this method. See the Allow header.";
            case 415 -> "Send the media type that /q/openapi names for this route.";
            case 413 -> "The body is larger than 4 MiB.";
            default -> "See /q/openapi for what this route expects.";
        };
    }

    private static String code(String title) {
        return title.toLowerCase(Locale.ROOT).replace(' ', '_');
    }

    private static Response answer(Problem problem) {
        return Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem).build();
    }
}
