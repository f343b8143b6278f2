/** What detectors find, and the alerts that people see of it. */
@NullMarked
package io.tokenmeter.domain.alert;

import org.jspecify.annotations.NullMarked;
