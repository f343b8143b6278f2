/** Detectors on history from files, so that a policy is tuned before it is switched on. */
@NullMarked
package io.tokenmeter.cli.backtest;

import org.jspecify.annotations.NullMarked;
