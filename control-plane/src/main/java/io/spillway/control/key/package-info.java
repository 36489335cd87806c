/// The admin REST of API keys. A secret is shown once, when its key is made; only its hash under
/// the installation's pepper is kept. Start at [KeyResource].
@NullMarked
package io.spillway.control.key;

import org.jspecify.annotations.NullMarked;
