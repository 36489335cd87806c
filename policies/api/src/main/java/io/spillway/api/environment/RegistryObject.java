package io.spillway.api.environment;

/// One object of the registry. `(kind, key)` is its identity; every change carries its full new
/// state.
public sealed interface RegistryObject
        permits Environment, Model, Pool, Endpoint, Fleet, Tenant, ApiKey, PolicyDocument {

    /// Unique among the objects of its kind.
    String key();

    /// The kind, which selects the record type on the wire.
    default Kind kind() {
        return switch (this) {
            case Environment _ -> Kind.ENVIRONMENT;
            case Model _ -> Kind.MODEL;
            case Pool _ -> Kind.POOL;
            case Endpoint _ -> Kind.ENDPOINT;
            case Fleet _ -> Kind.FLEET;
            case Tenant _ -> Kind.TENANT;
            case ApiKey _ -> Kind.KEY;
            case PolicyDocument _ -> Kind.POLICY;
        };
    }

    /// The kinds of registry objects.
    enum Kind {
        ENVIRONMENT(Environment.class),
        MODEL(Model.class),
        POOL(Pool.class),
        ENDPOINT(Endpoint.class),
        FLEET(Fleet.class),
        TENANT(Tenant.class),
        KEY(ApiKey.class),
        POLICY(PolicyDocument.class);

        private final Class<? extends RegistryObject> type;

        Kind(Class<? extends RegistryObject> type) {
            this.type = type;
        }

        /// The record type of this kind.
        public Class<? extends RegistryObject> type() {
            return type;
        }
    }
}
