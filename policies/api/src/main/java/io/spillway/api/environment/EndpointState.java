package io.spillway.api.environment;

/// What the registry says of an endpoint. Only `READY` receives new requests.
public enum EndpointState {
    STARTING,
    READY,
    DRAINING,
    DOWN
}
