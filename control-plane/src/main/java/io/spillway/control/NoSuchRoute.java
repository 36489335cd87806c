package io.spillway.control;

import io.smallrye.common.annotation.NonBlocking;
import io.spillway.control.problem.Refusal;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.openapi.annotations.Operation;

/// Answers for addresses that no resource claims, in the same form as every other error.
@Path("{path: .*}")
@NonBlocking
public class NoSuchRoute {

    @GET
    @Operation(hidden = true)
    public Void get(@PathParam("path") String path) {
        throw none(path);
    }

    @PUT
    @Operation(hidden = true)
    public Void put(@PathParam("path") String path) {
        throw none(path);
    }

    @POST
    @Operation(hidden = true)
    public Void post(@PathParam("path") String path) {
        throw none(path);
    }

    @DELETE
    @Operation(hidden = true)
    public Void delete(@PathParam("path") String path) {
        throw none(path);
    }

    private static Refusal none(String path) {
        return Refusal.notFound("route", "/api/v1/" + path, "See /q/openapi for the routes.");
    }
}
