/// The registry: environments, models, pools, endpoints, fleets, tenants, keys and the policy.
///
/// [Registry] is the only way to change it. A change is proposed on the present state, checked on
/// the state that would result ([References], [Fields], [EndpointAddresses], [PolicyGate]), and
/// written with its audit in one transaction, or refused whole.
@NullMarked
package io.spillway.control.registry;

import org.jspecify.annotations.NullMarked;
