/// Makes the published OpenAPI say what the JSON codec does: enums in lower case, which fields may
/// be null, and what each field means. Start at [ApiDescription].
@NullMarked
package io.spillway.control.openapi;

import org.jspecify.annotations.NullMarked;
