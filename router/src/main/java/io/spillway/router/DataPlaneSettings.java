package io.spillway.router;

import io.spillway.router.admission.AdmissionSettings;
import io.spillway.router.api.ListenerSettings;
import io.spillway.router.forwarding.ForwardingSettings;
import java.time.Duration;

/// What a data plane is told at its start.
///
/// @param environment where this router stands
/// @param pepper key of the API-key hash
/// @param eventLoops number of listeners, each on its own event loop
/// @param stateAgeLimit age of the state past which nothing leaves for public environments
/// @param requestTimeout longest time of a request whose caller names none
/// @param queueTimeout longest wait in the queue
/// @param firstSilence how long a stream waits before it is kept alive by comments
/// @param probeEvery time between two questions for an endpoint's load; zero asks never
/// @param maxBufferedBytes most bytes of request bodies held at once
@SuppressWarnings("ArrayRecordComponent") // a secret, never compared
public record DataPlaneSettings(
        String environment,
        byte[] pepper,
        int eventLoops,
        Duration stateAgeLimit,
        Duration requestTimeout,
        Duration queueTimeout,
        Duration firstSilence,
        Duration probeEvery,
        long maxBufferedBytes,
        ListenerSettings listener,
        ForwardingSettings forwarding,
        AdmissionSettings admission) {

    /// Settings that suit most routers.
    public static DataPlaneSettings standard(
            String router, String environment, byte[] pepper, ListenerSettings listener) {
        return new DataPlaneSettings(
                environment,
                pepper.clone(),
                Math.max(1, Runtime.getRuntime().availableProcessors()),
                Duration.ofMinutes(15),
                Duration.ofMinutes(30),
                Duration.ofSeconds(120),
                Duration.ofSeconds(15),
                Duration.ofSeconds(1),
                Runtime.getRuntime().maxMemory() / 4,
                listener,
                ForwardingSettings.standard(),
                AdmissionSettings.defaults(router));
    }

    /// The same with another listener.
    public DataPlaneSettings withListener(ListenerSettings other) {
        return new DataPlaneSettings(
                environment,
                pepper,
                eventLoops,
                stateAgeLimit,
                requestTimeout,
                queueTimeout,
                firstSilence,
                probeEvery,
                maxBufferedBytes,
                other,
                forwarding,
                admission);
    }

    /// The same with other waits, for tests.
    public DataPlaneSettings withWaits(Duration queue, Duration silence) {
        return new DataPlaneSettings(
                environment,
                pepper,
                eventLoops,
                stateAgeLimit,
                requestTimeout,
                queue,
                silence,
                probeEvery,
                maxBufferedBytes,
                listener,
                forwarding,
                admission);
    }

    /// The same with another bound on buffered bodies, for tests.
    public DataPlaneSettings withMaxBufferedBytes(long bytes) {
        return new DataPlaneSettings(
                environment,
                pepper,
                eventLoops,
                stateAgeLimit,
                requestTimeout,
                queueTimeout,
                firstSilence,
                probeEvery,
                bytes,
                listener,
                forwarding,
                admission);
    }

    /// The same with another admission.
    public DataPlaneSettings withAdmission(AdmissionSettings other) {
        return new DataPlaneSettings(
                environment,
                pepper,
                eventLoops,
                stateAgeLimit,
                requestTimeout,
                queueTimeout,
                firstSilence,
                probeEvery,
                maxBufferedBytes,
                listener,
                forwarding,
                other);
    }

    /// Without the pepper.
    @Override
    public String toString() {
        return "DataPlaneSettings[environment=%s, listener=%s]".formatted(environment, listener);
    }
}
