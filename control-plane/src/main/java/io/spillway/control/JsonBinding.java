package io.spillway.control;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.spillway.sync.log.Json;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Gives the REST layer the codec that every other part of Spillway uses.
class JsonBinding {

    @Produces
    @Singleton
    ObjectMapper mapper() {
        return Json.mapper().rebuild().build();
    }
}
