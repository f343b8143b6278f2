/**
 * Replaying a usage file: sending it, waiting until it is processed, and adding up what came out.
 */
@NullMarked
package io.tokenmeter.cli.replay;

import org.jspecify.annotations.NullMarked;
