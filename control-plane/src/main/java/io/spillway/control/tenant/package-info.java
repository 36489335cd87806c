/// The admin REST of tenants. Start at [TenantResource]; the rules are in
/// [io.spillway.control.registry].
@NullMarked
package io.spillway.control.tenant;

import org.jspecify.annotations.NullMarked;
