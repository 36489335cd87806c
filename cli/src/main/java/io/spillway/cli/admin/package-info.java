/// The verbs that talk to a control plane over its admin REST. Start at [AdminClient].
@NullMarked
package io.spillway.cli.admin;

import org.jspecify.annotations.NullMarked;
