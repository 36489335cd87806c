/// Secrets by reference: environment, files and HashiCorp Vault. Start at [SecretStore].
@NullMarked
package io.spillway.connector.onprem.control.secret;

import org.jspecify.annotations.NullMarked;
