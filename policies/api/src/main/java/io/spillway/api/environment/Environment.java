package io.spillway.api.environment;

import io.spillway.api.request.DataClass;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A place that serves models.
///
/// @param name unique name, such as `onprem` or `aws-burst`
/// @param zone whose machines these are
/// @param provider `onprem`, `aws`, `azure`, `hosted` or `edge`
/// @param region the provider's region, free text
/// @param dataLocations jurisdiction codes of where data is processed or kept
/// @param operatorJurisdictions jurisdiction codes that the operator answers to
/// @param clearance the highest class it may see
/// @param addressRanges CIDR ranges in which its endpoints' addresses must lie; a private
///   environment without ranges can have no endpoints
/// @param trustAnchorPem certificate authority of its endpoints, null when they speak clear text on
///   loopback only
public record Environment(
        String name,
        Zone zone,
        String provider,
        String region,
        Set<String> dataLocations,
        Set<String> operatorJurisdictions,
        DataClass clearance,
        List<String> addressRanges,
        @Nullable String trustAnchorPem)
        implements RegistryObject {

    public Environment {
        Names.check("environment", name);
        dataLocations = Set.copyOf(dataLocations);
        operatorJurisdictions = Set.copyOf(operatorJurisdictions);
        addressRanges = List.copyOf(addressRanges);
    }

    @Override
    public String key() {
        return name;
    }
}
