/** YAML and JSON files as values that know their lines and keep numbers as they are written. */
@NullMarked
package io.tokenmeter.documents;

import org.jspecify.annotations.NullMarked;
