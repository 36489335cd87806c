/// Plain JDBC with the least that makes it safe: one connection per transaction, static SQL,
/// parameters always bound.
@NullMarked
package io.spillway.control.database;

import org.jspecify.annotations.NullMarked;
